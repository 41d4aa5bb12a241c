package dev.argosy.controllers.disruption;

import dev.argosy.controllers.runtime.BySelector;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.controllers.workload.Bound;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A PodDisruptionBudget as its controller sees it.
 *
 * @param least {@code minAvailable}
 * @param missing {@code maxUnavailable}
 */
record BudgetView(
    ApiObject object,
    Optional<Bound> least,
    Optional<Bound> missing,
    LabelSelector selector,
    BudgetStatus status) {

  static final BySelector<BudgetView> BY_SELECTOR =
      new BySelector<>(BudgetView::object, BudgetView::selector);

  static final InformerSpec<BudgetView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.DISRUPTION_BUDGETS), BudgetView::of, BY_SELECTOR.index());

  private static final Bound NONE = new Bound(0, false);

  static BudgetView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    return new BudgetView(
        object,
        bound(spec, "minAvailable"),
        bound(spec, "maxUnavailable"),
        LabelSelector.ofObject(spec.get("selector")),
        BudgetStatus.of(tree.path("status")));
  }

  private static Optional<Bound> bound(JsonNode spec, String field) {
    return Optional.ofNullable(spec.get(field)).map(node -> Bound.of(node, NONE));
  }

  ObjectKey key() {
    return object.key();
  }

  Owner owner() {
    return new Owner("policy/v1", "PodDisruptionBudget", object);
  }

  /** Whether it counts what the pods' owners ask for, not the pods that there are. */
  boolean needsScale() {
    return missing.isPresent() || least.filter(Bound::percent).isPresent();
  }
}
