package dev.argosy.server.openapi;

import tools.jackson.databind.node.ObjectNode;

/**
 * What another server adds to the document of version 2: paths, and the definitions that they need.
 * The nodes belong to it and are not changed. Two are the same only if they are one.
 */
public final class RemoteSpec {

  private final ObjectNode paths;
  private final ObjectNode definitions;

  public RemoteSpec(ObjectNode paths, ObjectNode definitions) {
    this.paths = paths;
    this.definitions = definitions;
  }

  ObjectNode paths() {
    return paths;
  }

  ObjectNode definitions() {
    return definitions;
  }
}
