package dev.argosy.controllers.mirror;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A slice that mirrors Endpoints. */
record MirrorSlice(ApiObject object) {

  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

  /** By the key of the Endpoints. */
  static final String BY_ENDPOINTS = "endpoints";

  static final InformerSpec<MirrorSlice> EVERYWHERE =
      InformerSpec.of(
              ResourceScope.everywhere(Kinds.ENDPOINT_SLICES),
              MirrorSlice::new,
              new Index<MirrorSlice>(BY_ENDPOINTS, s -> List.of(s.endpoints().toString())))
          .withLabelSelector(MANAGED_BY + "=" + MANAGER);

  ObjectKey key() {
    return object.key();
  }

  ObjectKey endpoints() {
    String name = object.meta().labels().getOrDefault(SERVICE_NAME, "-");
    return new ObjectKey(Kinds.ENDPOINTS, key().cluster(), key().namespace(), name);
  }

  /** Whether it is for the same family and ports as another. */
  boolean isFor(JsonNode other) {
    JsonNode own = object.content();
    return Json.same(own.path("addressType"), other.path("addressType"))
        && Json.same(own.path("ports"), other.path("ports"));
  }
}
