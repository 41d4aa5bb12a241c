package dev.argosy.controllers.namespace;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;

/** A namespace as controllers see it. */
public record NamespaceView(ObjectKey key, String uid, boolean terminating) {

  /** All namespaces of all clusters. */
  public static final InformerSpec<NamespaceView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.NAMESPACES), NamespaceView::of);

  static NamespaceView of(ApiObject object) {
    return new NamespaceView(object.key(), object.meta().uid(), object.meta().deleting());
  }

  /** The key of the namespace that another object lives in. */
  public static ObjectKey keyOf(ObjectKey member) {
    return new ObjectKey(Kinds.NAMESPACES, member.cluster(), "", member.namespace());
  }
}
