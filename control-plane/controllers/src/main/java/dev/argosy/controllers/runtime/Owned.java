package dev.argosy.controllers.runtime;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Parts of objects that belong to another object. */
public final class Owned {

  private Owned() {}

  /** An owner reference that says: managed by this one. */
  public static ObjectNode by(String apiVersion, String kind, ApiObject owner) {
    ObjectNode reference = Json.object();
    reference.put("apiVersion", apiVersion).put("kind", kind);
    reference.put("name", owner.name()).put("uid", owner.meta().uid());
    return reference.put("controller", true).put("blockOwnerDeletion", true);
  }

  /** A strategic patch that makes an object, if it has this uid, somebody's. */
  public static ObjectNode adoption(String uid, ObjectNode ownerReference) {
    ObjectNode patch = Json.object();
    ObjectNode meta = patch.putObject("metadata").put("uid", uid);
    meta.putArray("ownerReferences").add(ownerReference);
    return patch;
  }

  /** A strategic patch that takes an owner away from an object, if it has this uid. */
  public static ObjectNode release(String uid, String ownerUid) {
    ObjectNode patch = Json.object();
    ObjectNode meta = patch.putObject("metadata").put("uid", uid);
    meta.putArray("ownerReferences").addObject().put("$patch", "delete").put("uid", ownerUid);
    return patch;
  }

  /** A new object that this one manages. */
  public static ObjectNode newObject(
      String apiVersion, String kind, String namespace, ObjectNode ownerReference) {
    ObjectNode object = Json.object();
    object.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode meta = object.putObject("metadata");
    meta.put("namespace", namespace);
    meta.putArray("ownerReferences").add(ownerReference);
    return object;
  }
}
