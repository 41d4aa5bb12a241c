package dev.argosy.agent.runtime.spi;

/**
 * The engine, as {@code node.status.nodeInfo} words it.
 *
 * @param name for example {@code docker}
 * @param version for example {@code 20.10.24}
 * @param dataFolder where images and layers lie; for disk pressure
 */
public record RuntimeInfo(String name, String version, String dataFolder) {}
