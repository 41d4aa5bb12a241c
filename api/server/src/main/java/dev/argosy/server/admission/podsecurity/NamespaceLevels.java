package dev.argosy.server.admission.podsecurity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.ClusterObjects;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What the labels of a namespace say of the level of its pods, when they are written. */
final class NamespaceLevels {

  private static final GroupResource PODS = new GroupResource("", "pods");

  private final ClusterObjects objects;
  private final Ceiling ceiling;

  NamespaceLevels(ClusterObjects objects, Ceiling ceiling) {
    this.objects = objects;
    this.ceiling = ceiling;
  }

  /** Refuses labels that mean nothing; warns of what stricter ones, and the bound, come to. */
  void check(AdmissionRequest request, ObjectNode namespace) {
    Map<String, String> labels = labels(namespace);
    ObjectNode before = request.old();
    Map<String, String> old = before == null ? Map.of() : labels(before);
    List<Cause> problems = Policy.problems(labels);
    if (!problems.isEmpty() && !problems.equals(Policy.problems(old))) {
      throw Status.invalid("", "Namespace", request.target().name(), problems).asException();
    }
    Policy policy = Policy.of(labels, "enforce");
    Policy earlier = Policy.of(old, "enforce");
    boolean stricter =
        policy.level().compareTo(earlier.level()) > 0 || policy.minor() != earlier.minor();
    if (before != null && policy.level() != Level.PRIVILEGED && stricter) {
      tellOfPods(request, policy);
    }
    if (!policy.equals(earlier) || !Policy.asked(old, "enforce")) {
      tellOfBound(request, labels, policy);
    }
  }

  /** A namespace may ask for more than it gets: charts and suites label theirs as they need. */
  private void tellOfBound(AdmissionRequest request, Map<String, String> labels, Policy policy) {
    List<Ceiling.Bound> bounds = ceiling.of(request.target().cluster());
    if (bounds.isEmpty() || !Policy.asked(labels, "enforce")) {
      return;
    }
    Ceiling.Bound strictest = bounds.getFirst();
    if (policy.weakerThan(strictest.policy())) {
      request.warn(
          "pods in namespace \""
              + request.target().name()
              + "\" are held to PodSecurity \""
              + strictest.policy().text()
              + "\", not to \""
              + policy.text()
              + "\""
              + strictest.source());
    }
  }

  private void tellOfPods(AdmissionRequest request, Policy policy) {
    String name = request.target().name();
    ExistingPods.tell(
        request,
        "existing pods in namespace \""
            + name
            + "\" violate the new PodSecurity enforce level \""
            + policy.text()
            + "\"",
        ExistingPods.against(
            policy, objects.list(PODS, request.target().cluster(), name), ApiObject::name));
  }

  private static Map<String, String> labels(ObjectNode object) {
    Map<String, String> labels = new TreeMap<>();
    object
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asString("")));
    return labels;
  }
}
