package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An EndpointSlice that this control plane manages. */
record SliceView(ApiObject object, Backends.Group group, List<Endpoint> endpoints) {

  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String MANAGER = "endpointslice-controller.k8s.io";

  /** By the Service's place and name. */
  static final String BY_SERVICE = "service";

  static final InformerSpec<SliceView> EVERYWHERE =
      InformerSpec.of(
              ResourceScope.everywhere(Kinds.ENDPOINT_SLICES),
              SliceView::of,
              new Index<SliceView>(BY_SERVICE, s -> List.of(s.service().toString())))
          .withLabelSelector(MANAGED_BY + "=" + MANAGER);

  static SliceView of(ApiObject object) {
    JsonNode tree = object.content();
    List<EndpointPort> ports = new ArrayList<>();
    tree.path("ports").forEach(port -> ports.add(EndpointPort.of(port)));
    List<Endpoint> endpoints = new ArrayList<>();
    tree.path("endpoints").forEach(endpoint -> endpoints.add(Endpoint.of(endpoint)));
    return new SliceView(
        object,
        new Backends.Group(tree.path("addressType").asString(""), ports),
        List.copyOf(endpoints));
  }

  ObjectKey key() {
    return object.key();
  }

  Map<String, String> labels() {
    return object.meta().labels();
  }

  ObjectKey service() {
    return new ObjectKey(
        Kinds.SERVICES,
        key().cluster(),
        key().namespace(),
        labels().getOrDefault(SERVICE_NAME, "-"));
  }
}
