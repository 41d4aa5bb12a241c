package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whoever makes a service client, gives it another role or gets its secret could be that program
 * then: so all of that takes the rights to make a Member with its role. And only who may do so in
 * all tenants leaves the provider's client behind, by taking away the finalizer.
 */
public final class ServiceClientGuard implements AdmissionStep {

  private static final String CREDENTIALS = "credentials";

  private final RoleGivingGuard members;
  private final Giving giving;
  private final ObjectLookup objects;

  /**
   * @param objects where service clients are, the newest state of them
   */
  public ServiceClientGuard(RoleGivingGuard members, Giving giving, ObjectLookup objects) {
    this.members = members;
    this.giving = giving;
    this.objects = objects;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    AdmissionRequest.Target target = request.target();
    if (object == null || !target.type().groupResource().equals(ServiceClient.RESOURCE)) {
      return;
    }
    if (target.subresource().isEmpty()) {
      written(request, object);
    } else if (target.subresource().equals(CREDENTIALS)) {
      Optional<ApiObject> found =
          objects.find(
              new ObjectKey(ServiceClient.RESOURCE, ClusterDirectory.ROOT, "", target.name()));
      found.ifPresent(client -> requireMember(request, client.tree()));
    }
  }

  private void written(AdmissionRequest request, ObjectNode object) {
    JsonNode spec = object.path("spec");
    giving.requireOwn(request, object, spec.path("tenant").asString(""));
    if (!RoleGivingGuard.same(spec, request.old())) {
      requireMember(request, object);
    }
    Set<String> missing = finalizers(request.old());
    missing.removeAll(finalizers(object));
    if (!missing.isEmpty() && !giving.mayEverywhere(request.user(), ServiceClient.RESOURCE)) {
      String why = "the platform removes its finalizers: " + String.join(", ", missing);
      throw Status.forbidden(ServiceClient.RESOURCE, request.target().name(), why).asException();
    }
  }

  private static Set<String> finalizers(@Nullable JsonNode object) {
    Set<String> all = new TreeSet<>();
    if (object != null) {
      object.path("metadata").path("finalizers").forEach(one -> all.add(one.asString("")));
    }
    return all;
  }

  private void requireMember(AdmissionRequest request, ObjectNode client) {
    String tenant = client.path("spec").path("tenant").asString("");
    giving.requireCreate(request.user(), Member.RESOURCE, tenant);
    members.requireGiven(request, client);
  }
}
