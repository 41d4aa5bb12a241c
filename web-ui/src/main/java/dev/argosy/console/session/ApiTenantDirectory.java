package dev.argosy.console.session;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import java.util.Comparator;
import java.util.List;

/**
 * Asks the API as the user: it shows all tenants to those who have a role on the platform, and
 * everybody else those they are a member of, and those below these.
 */
public final class ApiTenantDirectory implements TenantDirectory {

  private static final ResourceScope TENANTS = Resources.inRoot(Resources.TENANTS);

  private final ApiClients clients;

  public ApiTenantDirectory(ApiClients clients) {
    this.clients = clients;
  }

  @Override
  public boolean administers(UserInfo user) {
    return new Rights(clients.as(user)).may("list", TENANTS).allowed();
  }

  @Override
  public List<TenantChoice> tenantsOf(UserInfo user) {
    ApiResult<ObjectList> answer = clients.as(user).list(TENANTS, ListOptions.EVERYTHING);
    if (answer.refusedFor(Reason.FORBIDDEN)) {
      return List.of();
    }
    return answer.orThrow().items().stream()
        .filter(tenant -> !tenant.meta().deleting() || kept(tenant))
        .map(ApiTenantDirectory::choice)
        .sorted(Comparator.comparing(TenantChoice::name))
        .toList();
  }

  /** A deleted tenant that may still be restored can be looked at. */
  private static boolean kept(ApiObject tenant) {
    return tenant.tree().path("metadata").path("deletionGracePeriodSeconds").asLong(0) > 0;
  }

  private static TenantChoice choice(ApiObject tenant) {
    String displayName = tenant.tree().path("spec").path("displayName").asString("");
    return new TenantChoice(tenant.name(), displayName.isEmpty() ? tenant.name() : displayName);
  }
}
