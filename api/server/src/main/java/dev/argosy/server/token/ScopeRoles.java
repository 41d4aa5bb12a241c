package dev.argosy.server.token;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.member.TenantRole;
import dev.argosy.tenancy.role.CustomRole;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which roles the scope of a new token may name: those that members there can have. */
final class ScopeRoles {

  private final ObjectLookup objects;
  private final TenantAccess tenants;

  /**
   * @param objects where roles of people's own making are, the newest state of them
   * @param tenants to tell which tenants stand below others
   */
  ScopeRoles(ObjectLookup objects, TenantAccess tenants) {
    this.objects = objects;
    this.tenants = tenants;
  }

  /** The uid of the role of people's own making that a scope names; empty if it names none. */
  Optional<String> uid(JsonNode scope) {
    String role = scope.path("role").asString("");
    return role.isEmpty() || TenantRole.words().contains(role)
        ? Optional.empty()
        : find(role).map(found -> found.meta().uid());
  }

  /** One of another tenant is answered like one that there is not. */
  List<Cause> problems(JsonNode scope, String cluster) {
    String role = scope.path("role").asString("");
    if (role.isEmpty()
        || TenantRole.words().contains(role)
        || !NameRules.dnsSubdomain(role).isEmpty() // the kind says so
        || find(role).filter(found -> reaches(found, cluster)).isPresent()) {
      return List.of();
    }
    String why =
        "Invalid value: \"%s\": must be one of %s, or a TenantRole that can be given here"
            .formatted(role, String.join(", ", new TreeSet<>(TenantRole.words())));
    return List.of(new Cause("FieldValueInvalid", why, "spec.scope.role"));
  }

  private boolean reaches(ApiObject object, String cluster) {
    CustomRole role = CustomRole.of(object.tree());
    return role.ofPlatform() || tenants.includes(role.tenant(), cluster);
  }

  private Optional<ApiObject> find(String role) {
    return objects.find(new ObjectKey(CustomRole.RESOURCE, ClusterDirectory.ROOT, "", role));
  }
}
