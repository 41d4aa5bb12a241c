package dev.argosy.controllers.csi.room;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.List;

/** A CSIStorageCapacity that was written here. Those of others are left alone. */
record RoomObject(ApiObject object, ObjectKey storageClass) {

  static final String MANAGED_BY = "csi.storage.k8s.io/managed-by";
  static final String US = "argosy";

  /** By cluster and name of the class. */
  static final String BY_CLASS = "class";

  static final InformerSpec<RoomObject> EVERYWHERE =
      InformerSpec.<RoomObject>of(
              ResourceScope.everywhere(Kinds.STORAGE_CAPACITIES),
              RoomObject::of,
              new Index<>(BY_CLASS, room -> List.of(filed(room.storageClass()))))
          .withLabelSelector(MANAGED_BY + "=" + US);

  static RoomObject of(ApiObject object) {
    String name = object.content().path("storageClassName").asString("");
    return new RoomObject(
        object,
        new ObjectKey(Kinds.STORAGE_CLASSES, object.cluster(), "", name.isEmpty() ? "-" : name));
  }

  /** What {@link #BY_CLASS} files those of a class under. */
  static String filed(ObjectKey storageClass) {
    return storageClass.cluster() + "/" + storageClass.name();
  }
}
