package dev.argosy.tenancy.history;

/**
 * How far a feed was recorded.
 *
 * @param revision everything up to it, inclusive; 0 if nothing was recorded yet
 * @param held whether whoever asked is the one that records it now
 */
public record FeedPosition(long revision, boolean held) {}
