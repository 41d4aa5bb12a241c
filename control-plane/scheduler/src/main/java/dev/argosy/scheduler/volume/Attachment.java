package dev.argosy.scheduler.volume;

/**
 * A volume that a driver attaches to nodes.
 *
 * @param cluster whose volume it is
 * @param volume the driver's handle of it; of a volume that is not there yet, its claim
 */
public record Attachment(String cluster, String driver, String volume) {}
