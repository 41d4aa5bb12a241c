package dev.argosy.controllers.autoscale;

import tools.jackson.databind.JsonNode;

/**
 * An object of the autoscaler's namespace.
 *
 * @param group of its API; empty for the core group
 * @param version empty if not said
 */
record Reference(String group, String version, String kind, String name) {

  static Reference of(JsonNode node) {
    String apiVersion = node.path("apiVersion").asString("");
    int slash = apiVersion.indexOf('/');
    return new Reference(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        apiVersion.substring(slash + 1),
        node.path("kind").asString(""),
        node.path("name").asString(""));
  }

  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
