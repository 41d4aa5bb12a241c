package dev.argosy.controllers.volume;

import dev.argosy.model.object.ApiObject;
import tools.jackson.databind.JsonNode;

/**
 * A StorageClass.
 *
 * @param waits whether volumes are bound when the first pod has a node
 */
record StorageClass(String name, String provisioner, String reclaim, boolean waits) {

  /** The provisioner that the platform has itself: a folder on the node. */
  static final String LOCAL_PATH = "argosy.dev/local-path";

  /** Stands for "makes none". */
  static final String NONE = "kubernetes.io/no-provisioner";

  static StorageClass of(ApiObject object) {
    JsonNode tree = object.content();
    return new StorageClass(
        object.name(),
        tree.path("provisioner").asString(""),
        tree.path("reclaimPolicy").asString("Delete"),
        tree.path("volumeBindingMode").asString("").equals("WaitForFirstConsumer"));
  }

  boolean local() {
    return provisioner.equals(LOCAL_PATH);
  }

  /** Whether nobody can fill its volumes with something. */
  boolean fillsNone() {
    return local() || provisioner.equals(NONE);
  }
}
