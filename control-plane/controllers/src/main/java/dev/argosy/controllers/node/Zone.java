package dev.argosy.controllers.node;

import java.util.Map;

/**
 * Where nodes fail together.
 *
 * @param region empty if a node says none
 * @param name empty if a node says none
 */
record Zone(String region, String name) {

  static Zone of(Map<String, String> labels) {
    return new Zone(
        labels.getOrDefault("topology.kubernetes.io/region", ""),
        labels.getOrDefault("topology.kubernetes.io/zone", ""));
  }
}
