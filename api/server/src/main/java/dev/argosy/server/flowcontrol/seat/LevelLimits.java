package dev.argosy.server.flowcontrol.seat;

/**
 * The limits of a level, in seats.
 *
 * @param nominal its share
 * @param kept what of it others cannot borrow
 * @param most what it may have at the most, borrowed ones included
 */
public record LevelLimits(int nominal, int kept, int most) {}
