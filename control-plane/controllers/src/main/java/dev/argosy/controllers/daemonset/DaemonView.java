package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.revision.Revised;
import dev.argosy.controllers.runtime.BySelector;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.controllers.workload.Bound;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import tools.jackson.databind.JsonNode;

/** A DaemonSet as its controller sees it. */
record DaemonView(
    ApiObject object,
    Update update,
    int minReadySeconds,
    int historyLimit,
    Eligibility eligibility,
    LabelSelector selector,
    DaemonStatus status) {

  /** How pods of an older template are replaced; on deletion only, or by these bounds. */
  record Update(boolean onDelete, Bound surge, Bound unavailable) {}

  static final BySelector<DaemonView> BY_SELECTOR =
      new BySelector<>(DaemonView::object, DaemonView::selector);

  static final InformerSpec<DaemonView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.DAEMON_SETS), DaemonView::of, BY_SELECTOR.index());

  static DaemonView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    JsonNode strategy = spec.path("updateStrategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    return new DaemonView(
        object,
        new Update(
            strategy.path("type").asString("").equals("OnDelete"),
            Bound.of(rolling.path("maxSurge"), new Bound(0, false)),
            Bound.of(rolling.path("maxUnavailable"), new Bound(1, false))),
        spec.path("minReadySeconds").asInt(0),
        spec.path("revisionHistoryLimit").asInt(10),
        Eligibility.of(spec.path("template").path("spec")),
        LabelSelector.ofObject(spec.get("selector")),
        DaemonStatus.of(tree.path("status")));
  }

  ObjectKey key() {
    return object.key();
  }

  String uid() {
    return object.meta().uid();
  }

  boolean deleting() {
    return object.meta().deleting();
  }

  Owner owner() {
    return new Owner("apps/v1", "DaemonSet", object);
  }

  Revised revised() {
    return new Revised(owner(), selector, DaemonPods.HASH, status.collisions(), historyLimit);
  }
}
