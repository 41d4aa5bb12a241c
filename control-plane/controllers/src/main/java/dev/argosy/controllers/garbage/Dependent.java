package dev.argosy.controllers.garbage;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.util.List;

/** An object of any kind, as far as ownership goes. */
record Dependent(
    ObjectKey key,
    String uid,
    List<OwnerReference> owners,
    boolean deleting,
    boolean foreground,
    boolean orphaning) {

  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  static Dependent of(ApiObject object) {
    List<String> finalizers = object.meta().finalizers();
    return new Dependent(
        object.key(),
        object.meta().uid(),
        object.meta().ownerReferences(),
        object.meta().deleting(),
        finalizers.contains(FOREGROUND),
        finalizers.contains(ORPHAN));
  }

  /** Whether it is being deleted once its dependents are. */
  boolean waitsForDependents() {
    return deleting && foreground;
  }

  boolean blocks(String ownerUid) {
    return owners.stream().anyMatch(o -> o.uid().equals(ownerUid) && o.blockOwnerDeletion());
  }

  boolean interesting() {
    return !owners.isEmpty() || (deleting && (foreground || orphaning));
  }
}
