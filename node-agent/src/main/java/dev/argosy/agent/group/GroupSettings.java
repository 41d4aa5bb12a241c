package dev.argosy.agent.group;

/**
 * How pods are grouped.
 *
 * @param perQuality whether pods get groups at all
 * @param root below which groups are made; empty for the top
 * @param processes of each pod at most; 0 for no limit
 * @param cpuThousandths for all pods together
 * @param memoryBytes for all pods together
 * @param capacityBytes the machine's memory
 */
public record GroupSettings(
    boolean perQuality,
    String root,
    long processes,
    long cpuThousandths,
    long memoryBytes,
    long capacityBytes) {}
