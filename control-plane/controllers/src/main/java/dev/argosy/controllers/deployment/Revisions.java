package dev.argosy.controllers.deployment;

import dev.argosy.controllers.replicaset.ReplicaSetView;
import dev.argosy.model.object.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The annotations that record a Deployment's history on its ReplicaSets. */
final class Revisions {

  static final String REVISION = "deployment.kubernetes.io/revision";
  static final String HISTORY = "deployment.kubernetes.io/revision-history";
  static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  static final String MAX = "deployment.kubernetes.io/max-replicas";

  /** Annotations of a Deployment that its ReplicaSets do not get. */
  private static final Set<String> NOT_COPIED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          REVISION,
          HISTORY,
          DESIRED,
          MAX,
          "deprecated.deployment.rollback.to");

  private Revisions() {}

  static long of(ObjectMeta meta) {
    return number(meta.annotations().get(REVISION));
  }

  static long of(ReplicaSetView set) {
    return of(set.object().meta());
  }

  static long desired(ReplicaSetView set) {
    String text = set.object().meta().annotations().get(DESIRED);
    return text == null ? -1 : number(text);
  }

  static long max(ReplicaSetView set) {
    return number(set.object().meta().annotations().get(MAX));
  }

  private static long number(@org.jspecify.annotations.Nullable String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** One more than any of these. */
  static long next(List<ReplicaSetView> old) {
    return old.stream().mapToLong(Revisions::of).max().orElse(0) + 1;
  }

  /**
   * The annotations of the current ReplicaSet: those it has, those of the Deployment, and the
   * revision, which only grows; the one before it goes into the history.
   */
  static Map<String, String> annotations(
      DeploymentView deployment, Map<String, String> present, long revision) {
    Map<String, String> result = new LinkedHashMap<>(present);
    deployment
        .object()
        .meta()
        .annotations()
        .forEach((key, value) -> {
          if (!NOT_COPIED.contains(key)) {
            result.put(key, value);
          }
        });
    long before = number(present.get(REVISION));
    if (before < revision) {
      result.put(REVISION, Long.toString(revision));
      if (before > 0) {
        String history = present.getOrDefault(HISTORY, "");
        result.put(HISTORY, history.isEmpty() ? "" + before : history + "," + before);
      }
    }
    return result;
  }
}
