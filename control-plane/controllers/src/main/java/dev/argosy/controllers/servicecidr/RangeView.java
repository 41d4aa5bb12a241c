package dev.argosy.controllers.servicecidr;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A ServiceCIDR as its controller sees it. */
record RangeView(ApiObject object, List<Prefix> prefixes, List<Condition> conditions) {

  static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

  /** By the cluster's name. */
  static final String BY_CLUSTER = "cluster";

  static final InformerSpec<RangeView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.SERVICE_CIDRS),
          RangeView::of,
          new Index<RangeView>(BY_CLUSTER, range -> List.of(range.key().cluster())));

  RangeView {
    prefixes = List.copyOf(prefixes);
    conditions = List.copyOf(conditions);
  }

  static RangeView of(ApiObject object) {
    JsonNode tree = object.content();
    List<Prefix> prefixes = new ArrayList<>();
    tree.path("spec")
        .path("cidrs")
        .forEach(cidr -> Prefix.of(cidr.asString("")).ifPresent(prefixes::add));
    return new RangeView(object, prefixes, Condition.read(tree.path("status")));
  }

  ObjectKey key() {
    return object.key();
  }

  boolean deleting() {
    return object.meta().deleting();
  }

  /** Whether it cannot vanish without the controller. */
  boolean held() {
    return object.meta().finalizers().contains(FINALIZER);
  }

  boolean contains(String address) {
    return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
  }
}
