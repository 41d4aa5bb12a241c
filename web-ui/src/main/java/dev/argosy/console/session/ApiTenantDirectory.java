package dev.argosy.console.session;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads the choice from the platform's own kinds: who may list tenants sees all of them, everybody
 * else those they are a member of and those below these.
 */
public final class ApiTenantDirectory implements TenantDirectory {

  private static final ResourceScope TENANTS =
      ResourceScope.cluster(Resources.TENANTS, Resources.ROOT);
  private static final ResourceScope MEMBERS =
      ResourceScope.cluster(new GroupResource("tenancy.argosy.dev", "members"), Resources.ROOT);

  private final ApiClients clients;

  public ApiTenantDirectory(ApiClients clients) {
    this.clients = clients;
  }

  @Override
  public boolean administers(UserInfo user) {
    ListOptions one = new ListOptions("", "", 1, "", "", "");
    return clients.as(user).list(TENANTS, one) instanceof ApiResult.Ok<?>;
  }

  @Override
  public List<TenantChoice> tenantsOf(UserInfo user) {
    ApiClient platform = clients.as(UserInfo.system("console"));
    boolean all = administers(user);
    Set<String> own = all ? Set.of() : membershipsOf(user, platform);
    List<ApiObject> tenants = platform.list(TENANTS, ListOptions.EVERYTHING).orThrow().items();
    Map<String, String> parents = all ? Map.of() : parents(tenants);
    return tenants.stream()
        .filter(tenant -> !tenant.meta().deleting() || kept(tenant))
        .filter(tenant -> all || within(own, tenant.name(), parents))
        .map(ApiTenantDirectory::choice)
        .sorted(Comparator.comparing(TenantChoice::name))
        .toList();
  }

  /** A deleted tenant that may still be restored can be looked at. */
  private static boolean kept(ApiObject tenant) {
    return tenant.tree().path("metadata").path("deletionGracePeriodSeconds").asLong(0) > 0;
  }

  private static Map<String, String> parents(List<ApiObject> tenants) {
    Map<String, String> parents = new HashMap<>();
    for (ApiObject tenant : tenants) {
      String parent = tenant.tree().path("spec").path("parent").asString("");
      if (!parent.isEmpty()) {
        parents.put(tenant.name(), parent);
      }
    }
    return parents;
  }

  /** Whether the tenant or one above it is among them. */
  private static boolean within(Set<String> own, String tenant, Map<String, String> parents) {
    String name = tenant;
    for (int above = 0; above <= parents.size() && name != null; above++) {
      if (own.contains(name)) {
        return true;
      }
      name = parents.get(name);
    }
    return false;
  }

  private static Set<String> membershipsOf(UserInfo user, ApiClient platform) {
    return platform.list(MEMBERS, ListOptions.EVERYTHING).orThrow().items().stream()
        .map(ApiObject::tree)
        .map(member -> member.path("spec"))
        .filter(spec -> isSubject(spec.path("subject"), user))
        .map(spec -> spec.path("tenant").asString(""))
        .collect(Collectors.toSet());
  }

  private static boolean isSubject(JsonNode subject, UserInfo user) {
    String name = subject.path("name").asString("");
    return switch (subject.path("kind").asString("")) {
      case "User" -> user.name().equals(name);
      case "Group" -> user.inGroup(name);
      default -> false;
    };
  }

  private static TenantChoice choice(ApiObject tenant) {
    String displayName = tenant.tree().path("spec").path("displayName").asString("");
    return new TenantChoice(tenant.name(), displayName.isEmpty() ? tenant.name() : displayName);
  }
}
