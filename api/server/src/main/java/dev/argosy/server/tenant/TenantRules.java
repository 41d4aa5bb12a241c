package dev.argosy.server.tenant;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.tenant.PodSecurity;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantTree;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tenants and members must keep to, beyond their fields. */
public final class TenantRules implements AdmissionStep {

  private static final Set<String> RESERVED = Set.of(ClusterDirectory.ROOT, "system", "clusters");
  private static final Set<String> SUBJECTS = Set.of("User", "Group", "ServiceAccount");

  private static final int NAMED = 10;

  private final ClusterDirectory clusters;
  private final TenantTree tree;
  private final FirstPodSecurity podSecurity;

  /**
   * @param podSecurity how much pods of new tenants may do at the most, where nobody says otherwise
   */
  public TenantRules(ClusterDirectory clusters, TenantTree tree, PodSecurity podSecurity) {
    this.clusters = clusters;
    this.tree = tree;
    this.podSecurity = new FirstPodSecurity(clusters, podSecurity);
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null || !concernsTenant(request)) {
      return;
    }
    podSecurity.complete(request, object);
    if (request.operation() != Operation.CREATE) {
      return;
    }
    ObjectNode meta = object.withObject("metadata");
    for (JsonNode finalizer : meta.path("finalizers")) {
      if (finalizer.asString("").equals(TenantController.FINALIZER)) {
        return;
      }
    }
    meta.withArray("finalizers").add(TenantController.FINALIZER);
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null) {
      if (request.operation() == Operation.DELETE && concernsTenant(request)) {
        requireNoneBelow(request.target().name());
      }
      return;
    }
    if (concernsTenant(request)) {
      tenant(request, object);
    } else if (request.concerns(Member.RESOURCE.group(), Member.RESOURCE.resource())) {
      member(request, object);
    }
  }

  private static boolean concernsTenant(AdmissionRequest request) {
    return request.concerns(Tenant.RESOURCE.group(), Tenant.RESOURCE.resource());
  }

  private void requireNoneBelow(String name) {
    List<String> below = PlatformStore.reached(() -> tree.childrenOf(name, NAMED));
    if (!below.isEmpty()) {
      List<Cause> causes =
          below.stream()
              .map(child -> new Cause("TenantBelow", "tenant " + child + " stands below it", ""))
              .toList();
      throw Status.conflict(
              Tenant.RESOURCE,
              name,
              "tenants below it must be deleted first: " + String.join(", ", below))
          .withCauses(causes)
          .asException();
    }
  }

  private void tenant(AdmissionRequest request, ObjectNode object) {
    String name = text(object, "metadata", "name");
    if (RESERVED.contains(name)) {
      throw invalid(request, name, "metadata.name", name, "is reserved");
    }
  }

  private void member(AdmissionRequest request, ObjectNode object) {
    String name = text(object, "metadata", "name");
    JsonNode spec = object.path("spec");
    require(request, name, spec.path("subject"), "kind", SUBJECTS);
    String tenant = spec.path("tenant").asString("");
    boolean known = !tenant.equals(ClusterDirectory.ROOT) && clusters.find(tenant).isPresent();
    if (request.operation() == Operation.CREATE && !known) {
      throw invalid(request, name, "spec.tenant", tenant, "must be a tenant that exists");
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? tenant : name.substring(0, dot);
    if (!first.equals(tenant) && clusters.find(first).isPresent()) {
      throw invalid(request, name, "metadata.name", name, "begins with the name of another tenant");
    }
    String subject = spec.path("subject").path("name").asString("");
    boolean account = spec.path("subject").path("kind").asString("").equals("ServiceAccount");
    if (account && !subject.matches("[a-z0-9-]+/[a-z0-9.-]+")) {
      throw invalid(
          request, name, "spec.subject.name", subject, "a service account is namespace/name");
    }
    if (subject.isEmpty() || subject.startsWith("system:")) {
      throw invalid(
          request, name, "spec.subject.name", subject, "must not be empty or begin with system:");
    }
  }

  private static void require(
      AdmissionRequest request, String name, JsonNode parent, String field, Set<String> allowed) {
    String value = parent.path(field).asString("");
    if (!allowed.contains(value)) {
      throw invalid(request, name, "spec." + field, value, "must be one of " + allowed);
    }
  }

  private static String text(ObjectNode object, String parent, String member) {
    return object.path(parent).path(member).asString("");
  }

  private static StatusException invalid(
      AdmissionRequest request, String name, String field, String value, String why) {
    Cause cause = new Cause("FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field);
    String kind = request.target().type().kind() + "." + request.target().type().group();
    String message = kind + " \"" + name + "\" is invalid: " + field + ": " + cause.message();
    return new StatusException(
        Status.about(Reason.INVALID, request.target().type().groupResource(), name, message)
            .withCauses(List.of(cause)));
  }
}
