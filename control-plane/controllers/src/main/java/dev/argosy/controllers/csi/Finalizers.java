package dev.argosy.controllers.csi;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What keeps an object until a driver has done its part. */
public final class Finalizers {

  /** On volumes that a driver's provisioner deletes. */
  public static final String PROVISIONER = "external-provisioner.volume.kubernetes.io/finalizer";

  private Finalizers() {}

  /** On volumes and attachments while a driver may have them attached. */
  public static String attacher(String driver) {
    return "external-attacher/" + driver.replace('/', '-');
  }

  public static boolean has(ApiObject object, String finalizer) {
    return object.meta().finalizers().contains(finalizer);
  }

  /** The object with it; the state that is changed is named, so that nobody's is undone. */
  public static ObjectNode with(ApiObject object, String finalizer) {
    ObjectNode tree = object.tree();
    tree.withObject("/metadata").withArray("finalizers").add(finalizer);
    return tree;
  }

  public static ObjectNode without(ApiObject object, String finalizer) {
    ObjectNode tree = object.tree();
    ArrayNode kept = Json.mapper().createArrayNode();
    object.meta().finalizers().stream().filter(f -> !f.equals(finalizer)).forEach(kept::add);
    tree.withObject("/metadata").set("finalizers", kept);
    return tree;
  }
}
