package dev.argosy.server.admission.podsecurity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.ClusterObjects;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.audit.AuditLevel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the pods of a namespace to the level that its labels ask for; warns of templates that would
 * not make it, and of pods that are there when the labels change.
 */
public final class PodSecurity implements AdmissionStep {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final Set<String> TEMPLATED =
      Set.of(
          "replicationcontrollers",
          "deployments.apps",
          "replicasets.apps",
          "statefulsets.apps",
          "daemonsets.apps",
          "jobs.batch");
  private static final String AUDIT = "pod-security.kubernetes.io/";
  private static final Set<String> POD_WRITES = Set.of("", "ephemeralcontainers", "resize");

  private final ClusterObjects objects;

  public PodSecurity(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    boolean write =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    if (object == null || !write) {
      return;
    }
    GroupResource resource = request.target().type().groupResource();
    boolean main = request.target().subresource().isEmpty();
    if (resource.equals(PODS) && POD_WRITES.contains(request.target().subresource())) {
      pod(request, object);
    } else if (resource.equals(NAMESPACES) && main) {
      namespace(request, object);
    } else if (main) {
      JsonNode template = template(resource, object);
      if (template != null && template.isObject()) {
        Map<String, String> labels = labels(request);
        audit(request, labels, template);
        warn(request, labels, template);
      }
    }
  }

  private static @Nullable JsonNode template(GroupResource resource, ObjectNode object) {
    String name = resource.toString();
    if (TEMPLATED.contains(name)) {
      return object.path("spec").path("template");
    }
    return switch (name) {
      case "cronjobs.batch" ->
          object.path("spec").path("jobTemplate").path("spec").path("template");
      case "podtemplates" -> object.path("template");
      default -> null;
    };
  }

  private Map<String, String> labels(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    return objects
        .find(new ObjectKey(NAMESPACES, target.cluster(), "", target.namespace()))
        .map(found -> found.meta().labels())
        .orElse(Map.of());
  }

  private void pod(AdmissionRequest request, ObjectNode pod) {
    ObjectNode old = request.old();
    if (old != null && !significant(pod, old)) {
      return;
    }
    Map<String, String> labels = labels(request);
    Policy enforced = Policy.of(labels, "enforce");
    request.notes().note(AUDIT + "enforce-policy", enforced.text());
    if (enforced.level() != Level.PRIVILEGED) {
      List<Violation> violations = Standards.violations(enforced, PodToCheck.of(pod));
      if (!violations.isEmpty()) {
        audit(request, labels, pod);
        throw Status.forbidden(
                PODS,
                request.target().name(),
                "violates PodSecurity \""
                    + enforced.text()
                    + "\": "
                    + Violation.details(violations))
            .asException();
      }
    }
    audit(request, labels, pod);
    warn(request, labels, pod);
  }

  /** Tells the audit what the level of that name would have refused. */
  private static void audit(AdmissionRequest request, Map<String, String> labels, JsonNode pod) {
    Policy policy = Policy.of(labels, "audit");
    if (policy.level() == Level.PRIVILEGED || !request.notes().heard(AuditLevel.METADATA)) {
      return;
    }
    List<Violation> violations = Standards.violations(policy, PodToCheck.of(pod));
    if (!violations.isEmpty()) {
      request
          .notes()
          .note(
              AUDIT + "audit-violations",
              "would violate PodSecurity \""
                  + policy.text()
                  + "\": "
                  + Violation.details(violations));
    }
  }

  /** Whether a change of a pod may matter here; labels, finalizers and the like do not. */
  private static boolean significant(ObjectNode pod, ObjectNode old) {
    return !pod.path("spec").equals(old.path("spec"))
        || !pod.path("metadata")
            .path("annotations")
            .equals(old.path("metadata").path("annotations"));
  }

  private static void warn(AdmissionRequest request, Map<String, String> labels, JsonNode pod) {
    Policy policy = Policy.of(labels, "warn");
    if (policy.level() == Level.PRIVILEGED) {
      return;
    }
    List<Violation> violations = Standards.violations(policy, PodToCheck.of(pod));
    if (!violations.isEmpty()) {
      request.warn(
          "would violate PodSecurity \"" + policy.text() + "\": " + Violation.details(violations));
    }
  }

  private void namespace(AdmissionRequest request, ObjectNode namespace) {
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
  }

  /** One line for all pods that break the same rules. */
  private void tellOfPods(AdmissionRequest request, Policy policy) {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> first = new TreeMap<>();
    String name = request.target().name();
    for (ApiObject pod : objects.list(PODS, request.target().cluster(), name)) {
      List<Violation> found = Standards.violations(policy, PodToCheck.of(pod.tree()));
      if (!found.isEmpty()) {
        counts.merge(Violation.reasons(found), 1, Integer::sum);
        first.putIfAbsent(Violation.reasons(found), pod.name());
      }
    }
    if (counts.isEmpty()) {
      return;
    }
    request.warn(
        "existing pods in namespace \""
            + name
            + "\" violate the new PodSecurity enforce level \""
            + policy.text()
            + "\"");
    counts.entrySet().stream()
        .map(entry -> first.get(entry.getKey()) + others(entry.getValue()) + ": " + entry.getKey())
        .sorted()
        .forEach(request::warn);
  }

  private static String others(int count) {
    return switch (count) {
      case 1 -> "";
      case 2 -> " (and 1 other pod)";
      default -> " (and " + (count - 1) + " other pods)";
    };
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
