package dev.argosy.controllers.namespace;

import dev.argosy.controllers.condition.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a terminating namespace: all five of them each time, since clients wait for
 * them to appear.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/namespace-v1/#NamespaceStatus">
 *     NamespaceStatus</a>
 */
final class NamespaceConditions {

  private final List<Condition> old;
  private final String now;
  private final List<Condition> all = new ArrayList<>();

  private NamespaceConditions(List<Condition> old, String now) {
    this.old = old;
    this.now = now;
  }

  /** The conditions after a round; the same list if they say nothing new. */
  static List<Condition> after(List<Condition> old, Leftovers left, String now) {
    NamespaceConditions conditions = new NamespaceConditions(old, now);
    conditions.add(left);
    return conditions.all.equals(old) ? old : List.copyOf(conditions.all);
  }

  private void add(Leftovers left) {
    if (left.unheard().isEmpty()) {
      ok(
          "NamespaceDeletionDiscoveryFailure",
          "ResourcesDiscovered",
          "All resources successfully discovered");
    } else {
      bad(
          "NamespaceDeletionDiscoveryFailure",
          "DiscoveryFailed",
          "Discovery failed for some groups: unable to retrieve the complete list of server APIs: "
              + left.unheard());
    }
    ok(
        "NamespaceDeletionGroupVersionParsingFailure",
        "ParsedGroupVersions",
        "All legacy kube types successfully parsed");
    if (left.failures().isEmpty()) {
      ok(
          "NamespaceDeletionContentFailure",
          "ContentDeleted",
          "All content successfully deleted, may be waiting on finalization");
    } else {
      bad(
          "NamespaceDeletionContentFailure",
          "ContentDeletionFailed",
          "Failed to delete all resource types, %d remaining: %s"
              .formatted(left.failures().size(), String.join(", ", left.failures())));
    }
    if (left.resources().isEmpty()) {
      ok("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed");
    } else {
      bad(
          "NamespaceContentRemaining",
          "SomeResourcesRemain",
          "Some resources are remaining: " + left.resources());
    }
    if (left.finalizers().isEmpty()) {
      ok(
          "NamespaceFinalizersRemaining",
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished");
    } else {
      bad(
          "NamespaceFinalizersRemaining",
          "SomeFinalizersRemain",
          "Some content in the namespace has finalizers remaining: " + left.finalizers());
    }
  }

  private void ok(String type, String reason, String message) {
    add(type, "False", reason, message);
  }

  private void bad(String type, String reason, String message) {
    add(type, "True", reason, message);
  }

  private void add(String type, String status, String reason, String message) {
    Optional<Condition> before = Condition.find(old, type);
    String changed =
        before.filter(o -> o.status().equals(status)).map(Condition::changed).orElse(now);
    all.add(new Condition(type, status, reason, message, "", changed));
  }
}
