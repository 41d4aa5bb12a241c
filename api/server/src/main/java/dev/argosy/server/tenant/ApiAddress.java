package dev.argosy.server.tenant;

/**
 * How pods reach the API: the service {@code kubernetes} of every cluster.
 *
 * @param clusterIp first address of the service range
 * @param port the API server's own port
 */
public record ApiAddress(String clusterIp, int port) {}
