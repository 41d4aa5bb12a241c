package dev.argosy.server.flowcontrol.seat;

/**
 * A level at one moment.
 *
 * @param used seats that are held
 * @param waiting requests that wait
 * @param dispatched requests that got their seats, so far
 * @param refused requests that found the queue full, or no seat where there is no queue
 * @param timedOut requests that waited in vain
 */
public record LevelState(
    LevelSpec spec,
    LevelLimits limits,
    int used,
    int waiting,
    long dispatched,
    long refused,
    long timedOut) {}
