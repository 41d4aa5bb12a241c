package dev.argosy.agent.pressure;

/**
 * How much of something there is, in bytes or pieces.
 *
 * @param capacity in all
 */
public record Level(long available, long capacity) {}
