package dev.argosy.server.admission.podsecurity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.ClusterObjects;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.audit.AuditLevel;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the pods of a namespace to the level that its labels ask for, and to what the tenant's pods
 * may do at the most; warns of templates that would not make it, and of pods that are there when
 * the labels change.
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
  private static final String BOUND = "tenancy.argosy.dev/pod-security-bound";
  private static final Set<String> POD_WRITES = Set.of("", "ephemeralcontainers", "resize");

  private final ClusterObjects objects;
  private final Ceiling ceiling;
  private final NamespaceLevels namespaces;

  public PodSecurity(ClusterObjects objects, ClusterDirectory clusters) {
    this.objects = objects;
    this.ceiling = new Ceiling(clusters);
    this.namespaces = new NamespaceLevels(objects, ceiling);
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
      namespaces.check(request, object);
    } else if (resource.equals(Tenant.RESOURCE) && main) {
      tenant(request, Tenant.of(object));
    } else if (main) {
      JsonNode template = template(resource, object);
      if (template != null && template.isObject()) {
        Map<String, String> labels = labels(request);
        audit(request, labels, template);
        foretell(request, labels, template);
      }
    }
  }

  /** Tells the administrator of the pods that are more than the tenant's may be from now on. */
  private void tenant(AdmissionRequest request, Tenant tenant) {
    ObjectNode old = request.old();
    if (old == null || tenant.podSecurity().equals(Tenant.of(old).podSecurity())) {
      return;
    }
    Policy policy =
        tenant
            .podSecurity()
            .map(said -> Policy.said(said.enforce(), said.enforceVersion()))
            .filter(said -> said.level() != Level.PRIVILEGED)
            .orElse(null);
    if (policy != null) {
      ExistingPods.tell(
          request,
          "existing pods of tenant \""
              + tenant.name()
              + "\" go on, though they violate the new PodSecurity bound \""
              + policy.text()
              + "\"",
          ExistingPods.against(
              policy,
              objects.list(PODS, tenant.name(), ""),
              pod -> pod.key().namespace() + "/" + pod.name()));
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
    refuse(request, labels, pod, enforced, "");
    for (Ceiling.Bound bound : ceiling.of(request.target().cluster())) {
      refuse(request, labels, pod, bound.policy(), bound.source());
    }
    audit(request, labels, pod);
    warn(request, labels, pod);
  }

  /**
   * Refuses a pod that violates a policy.
   *
   * @param source who says so, as messages end; empty for the namespace
   */
  private static void refuse(
      AdmissionRequest request,
      Map<String, String> labels,
      ObjectNode pod,
      Policy policy,
      String source) {
    List<Violation> violations = violations(policy, pod);
    if (violations.isEmpty()) {
      return;
    }
    audit(request, labels, pod);
    if (!source.isEmpty()) {
      request.notes().note(BOUND, policy.text());
    }
    throw Status.forbidden(
            PODS, request.target().name(), "violates " + words(policy, violations) + source)
        .asException();
  }

  private static List<Violation> violations(Policy policy, JsonNode pod) {
    return policy.level() == Level.PRIVILEGED
        ? List.of()
        : Standards.violations(policy, PodToCheck.of(pod));
  }

  private static String words(Policy policy, List<Violation> violations) {
    return "PodSecurity \"" + policy.text() + "\": " + Violation.details(violations);
  }

  /** Tells the audit what the level of that name would have refused. */
  private static void audit(AdmissionRequest request, Map<String, String> labels, JsonNode pod) {
    Policy policy = Policy.of(labels, "audit");
    if (policy.level() == Level.PRIVILEGED || !request.notes().heard(AuditLevel.METADATA)) {
      return;
    }
    List<Violation> violations = violations(policy, pod);
    if (!violations.isEmpty()) {
      request
          .notes()
          .note(AUDIT + "audit-violations", "would violate " + words(policy, violations));
    }
  }

  /** Whether a change of a pod may matter here; labels, finalizers and the like do not. */
  private static boolean significant(ObjectNode pod, ObjectNode old) {
    return !pod.path("spec").equals(old.path("spec"))
        || !pod.path("metadata")
            .path("annotations")
            .equals(old.path("metadata").path("annotations"));
  }

  /** Warns of a template whose pods would be refused by what the tenant's may do at the most. */
  private void foretell(AdmissionRequest request, Map<String, String> labels, JsonNode template) {
    boolean told = false;
    for (Ceiling.Bound bound : ceiling.of(request.target().cluster())) {
      warn(request, bound.policy(), template, bound.source());
      told |= bound.policy().equals(Policy.of(labels, "warn"));
    }
    if (!told) {
      warn(request, labels, template);
    }
  }

  private static void warn(AdmissionRequest request, Map<String, String> labels, JsonNode pod) {
    warn(request, Policy.of(labels, "warn"), pod, "");
  }

  private static void warn(AdmissionRequest request, Policy policy, JsonNode pod, String source) {
    List<Violation> violations = violations(policy, pod);
    if (!violations.isEmpty()) {
      request.warn("would violate " + words(policy, violations) + source);
    }
  }
}
