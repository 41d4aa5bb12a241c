package dev.argosy.tenancy.history;

import org.jspecify.annotations.Nullable;

/**
 * What was recorded last of an object that is there. The arrays must not be changed.
 *
 * @param digest of what counts as a change; null if it is sealed
 * @param sealed the content, if it is sealed; else null
 */
public record Head(long revision, String uid, byte @Nullable [] digest, byte @Nullable [] sealed) {}
