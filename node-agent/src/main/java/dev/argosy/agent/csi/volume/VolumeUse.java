package dev.argosy.agent.csi.volume;

/**
 * What a volume holds, as its driver says; −1 where it does not.
 *
 * @param trouble what is wrong with it; empty if nothing is
 */
public record VolumeUse(
    long capacityBytes,
    long usedBytes,
    long availableBytes,
    long inodes,
    long inodesUsed,
    long inodesFree,
    String trouble) {}
