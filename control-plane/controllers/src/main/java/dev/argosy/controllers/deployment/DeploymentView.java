package dev.argosy.controllers.deployment;

import dev.argosy.controllers.runtime.BySelector;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.workload.Bound;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Deployment as its controller sees it.
 *
 * @param recreate whether its strategy is Recreate
 * @param progressDeadline in seconds; empty if there is none
 */
record DeploymentView(
    ApiObject object,
    int replicas,
    boolean paused,
    boolean recreate,
    Bound surge,
    Bound unavailable,
    int minReadySeconds,
    Optional<Integer> progressDeadline,
    int historyLimit,
    LabelSelector selector,
    DeploymentStatus status) {

  private static final Bound QUARTER = new Bound(25, true);

  static final BySelector<DeploymentView> BY_SELECTOR =
      new BySelector<>(DeploymentView::object, DeploymentView::selector);

  static final InformerSpec<DeploymentView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.DEPLOYMENTS), DeploymentView::of, BY_SELECTOR.index());

  static DeploymentView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    JsonNode rolling = spec.path("strategy").path("rollingUpdate");
    int deadline = spec.path("progressDeadlineSeconds").asInt(600);
    return new DeploymentView(
        object,
        spec.path("replicas").asInt(1),
        spec.path("paused").asBoolean(false),
        spec.path("strategy").path("type").asString("").equals("Recreate"),
        Bound.of(rolling.path("maxSurge"), QUARTER),
        Bound.of(rolling.path("maxUnavailable"), QUARTER),
        spec.path("minReadySeconds").asInt(0),
        deadline == Integer.MAX_VALUE ? Optional.empty() : Optional.of(deadline),
        spec.path("revisionHistoryLimit").asInt(10),
        LabelSelector.ofObject(spec.get("selector")),
        DeploymentStatus.of(tree.path("status")));
  }

  ObjectKey key() {
    return object.key();
  }

  String name() {
    return object.name();
  }

  String uid() {
    return object.meta().uid();
  }

  boolean deleting() {
    return object.meta().deleting();
  }

  /** A new tree of the pod template. */
  ObjectNode template() {
    return object.tree().withObject("/spec/template");
  }

  /** How many pods above the wanted number there may be. */
  int maxSurge() {
    return recreate ? 0 : surge.roundedUp(replicas);
  }

  /** How many of the wanted pods may be missing; never zero together with the surge. */
  int maxUnavailable() {
    if (recreate || replicas == 0) {
      return 0;
    }
    int floor = unavailable.roundedDown(replicas);
    return Math.min(floor == 0 && maxSurge() == 0 ? 1 : floor, replicas);
  }
}
