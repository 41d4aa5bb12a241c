package dev.argosy.scheduler.pod;

import dev.argosy.model.selector.LabelSelector;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Which pods of a logical cluster are meant.
 *
 * @param namespaces those of these namespaces
 * @param byLabels and those of namespaces with such labels
 * @param labels of the pods
 * @param owner the uid of their managing owner; empty for any
 */
public record Selection(
    String cluster,
    Set<String> namespaces,
    LabelSelector byLabels,
    LabelSelector labels,
    String owner) {

  public Selection {
    namespaces = Set.copyOf(namespaces);
  }

  /** Pods of one namespace. */
  public static Selection in(String cluster, String namespace, LabelSelector labels) {
    return new Selection(cluster, Set.of(namespace), LabelSelector.NOTHING, labels, "");
  }

  /** Pods of one namespace and one owner. */
  public static Selection ownedBy(String cluster, String namespace, String owner) {
    return new Selection(
        cluster, Set.of(namespace), LabelSelector.NOTHING, LabelSelector.EVERYTHING, owner);
  }

  /**
   * Whether it means the pod.
   *
   * @param namespaceLabels by cluster and namespace
   */
  public boolean means(
      PodView pod, BiFunction<String, String, Map<String, String>> namespaceLabels) {
    String namespace = pod.key().namespace();
    return pod.key().cluster().equals(cluster)
        && (owner.isEmpty() || owner.equals(pod.company().owner()))
        && labels.matches(pod.company().labels())
        && (namespaces.contains(namespace)
            || (!byLabels.matchesNothing()
                && byLabels.matches(namespaceLabels.apply(cluster, namespace))));
  }

  /** As {@link #means}, but for the labels of its namespace, which are taken to fit. */
  public boolean mayMean(PodView pod) {
    return pod.key().cluster().equals(cluster)
        && (owner.isEmpty() || owner.equals(pod.company().owner()))
        && (namespaces.contains(pod.key().namespace()) || !byLabels.matchesNothing())
        && labels.matches(pod.company().labels());
  }
}
