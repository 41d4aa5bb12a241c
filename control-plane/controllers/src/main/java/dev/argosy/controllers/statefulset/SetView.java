package dev.argosy.controllers.statefulset;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A StatefulSet as its controller sees it.
 *
 * @param start the first ordinal
 * @param ordered whether pods come and go one after the other
 * @param claims names of the volume claim templates
 */
record SetView(
    ApiObject object,
    int replicas,
    int start,
    boolean ordered,
    int minReadySeconds,
    Update update,
    Retention retention,
    int historyLimit,
    List<String> claims,
    LabelSelector selector,
    SetStatus status) {

  /**
   * How pods of an older template are replaced.
   *
   * @param onDelete only when somebody deletes them
   * @param partition pods with lower ordinals stay as they are
   */
  record Update(boolean onDelete, int partition, Bound unavailable) {}

  /** Whether claims go with the set, and with pods that are too many. */
  record Retention(boolean withSet, boolean withPod) {}

  static final BySelector<SetView> BY_SELECTOR =
      new BySelector<>(SetView::object, SetView::selector);

  static final InformerSpec<SetView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.STATEFUL_SETS), SetView::of, BY_SELECTOR.index());

  static SetView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    List<String> claims = new ArrayList<>();
    spec.path("volumeClaimTemplates")
        .forEach(t -> claims.add(t.path("metadata").path("name").asString("")));
    return new SetView(
        object,
        spec.path("replicas").asInt(1),
        spec.path("ordinals").path("start").asInt(0),
        !spec.path("podManagementPolicy").asString("").equals("Parallel"),
        spec.path("minReadySeconds").asInt(0),
        update(spec.path("updateStrategy")),
        retention(spec.path("persistentVolumeClaimRetentionPolicy")),
        spec.path("revisionHistoryLimit").asInt(10),
        List.copyOf(claims),
        LabelSelector.ofObject(spec.get("selector")),
        SetStatus.of(tree.path("status")));
  }

  private static Update update(JsonNode strategy) {
    JsonNode rolling = strategy.path("rollingUpdate");
    return new Update(
        strategy.path("type").asString("").equals("OnDelete"),
        rolling.path("partition").asInt(0),
        Bound.of(rolling.path("maxUnavailable"), new Bound(1, false)));
  }

  private static Retention retention(JsonNode policy) {
    return new Retention(
        policy.path("whenDeleted").asString("").equals("Delete"),
        policy.path("whenScaled").asString("").equals("Delete"));
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

  Owner owner() {
    return new Owner("apps/v1", "StatefulSet", object);
  }

  Revised revised() {
    return new Revised(
        owner(), selector, "controller.kubernetes.io/hash", status.collisions(), historyLimit);
  }

  int end() {
    return start + replicas;
  }

  int maxUnavailable() {
    return Math.max(1, update.unavailable().roundedUp(replicas));
  }

  /** The number in a pod's name, if the name is one that this set gives. */
  Optional<Integer> ordinal(String podName) {
    if (!podName.startsWith(name() + "-")) {
      return Optional.empty();
    }
    String digits = podName.substring(name().length() + 1);
    boolean number = !digits.isEmpty() && digits.length() < 10;
    return number && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(Integer.parseInt(digits))
        : Optional.empty();
  }

  String claimName(String template, int ordinal) {
    return template + "-" + name() + "-" + ordinal;
  }
}
