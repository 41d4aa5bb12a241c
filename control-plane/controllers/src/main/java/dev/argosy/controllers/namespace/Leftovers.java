package dev.argosy.controllers.namespace;

import dev.argosy.model.kind.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is still in a namespace after the deletion of all of it was asked for. Filled by one round
 * of one worker.
 */
final class Leftovers {

  private final TreeMap<String, Integer> resources = new TreeMap<>();
  private final TreeMap<String, Integer> finalizers = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final TreeSet<String> unheard = new TreeSet<>();
  private int deleted;

  /** The deletion of one more object was asked for. */
  void countDeleted() {
    deleted++;
  }

  int deleted() {
    return deleted;
  }

  /** An object that is still there, and the finalizers that keep it. */
  void add(GroupResource resource, List<String> keepers) {
    resources.merge(resource.resource() + "." + resource.group(), 1, Integer::sum);
    keepers.forEach(keeper -> finalizers.merge(keeper, 1, Integer::sum));
  }

  void failed(String why) {
    failures.add(why);
  }

  /** Nobody can say what there is of a group version. */
  void unheard(String groupVersion) {
    unheard.add(groupVersion);
  }

  boolean none() {
    return resources.isEmpty() && failures.isEmpty() && unheard.isEmpty();
  }

  /** Such as {@code pods. has 2 resource instances}; empty if there are none. */
  String resources() {
    return joined(resources, "%s has %d resource instances");
  }

  /** Such as {@code example.com/hold in 2 resource instances}; empty if there are none. */
  String finalizers() {
    return joined(finalizers, "%s in %d resource instances");
  }

  List<String> failures() {
    return failures.stream().sorted().toList();
  }

  /**
   * Such as {@code a.example/v1: stale GroupVersion discovery: a.example/v1}; empty if all were.
   */
  String unheard() {
    return unheard.stream()
        .map("%1$s: stale GroupVersion discovery: %1$s"::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String joined(TreeMap<String, Integer> counts, String words) {
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(words.formatted(name, count)));
    return String.join(", ", parts);
  }
}
