package dev.argosy.server.discovery;

import tools.jackson.databind.node.ObjectNode;

/**
 * A group version that an API server of the cluster serves.
 *
 * @param priority how important the version is among those of its group; local ones have 100
 * @param discovered its entry in aggregated discovery; must not be changed
 */
public record RemoteVersion(String group, String version, int priority, ObjectNode discovered) {}
