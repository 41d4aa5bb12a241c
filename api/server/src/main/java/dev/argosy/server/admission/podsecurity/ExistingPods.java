package dev.argosy.server.admission.podsecurity;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.admission.AdmissionRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Pods that are there when a policy gets stricter: they go on, and whoever made it so is told. */
final class ExistingPods {

  private ExistingPods() {}

  /** One line for all pods that break the same rules. */
  static List<String> against(
      Policy policy, Iterable<ApiObject> pods, Function<ApiObject, String> name) {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> first = new TreeMap<>();
    for (ApiObject pod : pods) {
      List<Violation> found = Standards.violations(policy, PodToCheck.of(pod.tree()));
      if (!found.isEmpty()) {
        counts.merge(Violation.reasons(found), 1, Integer::sum);
        first.putIfAbsent(Violation.reasons(found), name.apply(pod));
      }
    }
    return counts.entrySet().stream()
        .map(entry -> first.get(entry.getKey()) + others(entry.getValue()) + ": " + entry.getKey())
        .sorted()
        .toList();
  }

  /** Warns, if there are any. */
  static void tell(AdmissionRequest request, String head, List<String> lines) {
    if (!lines.isEmpty()) {
      request.warn(head);
      lines.forEach(request::warn);
    }
  }

  private static String others(int count) {
    return switch (count) {
      case 1 -> "";
      case 2 -> " (and 1 other pod)";
      default -> " (and " + (count - 1) + " other pods)";
    };
  }
}
