package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.quota.TenantQuota;
import tools.jackson.databind.node.ObjectNode;

/**
 * The quota that every tenant has of its own room in etcd, named {@code TENANT.etcd}, so that none
 * fills the store. It is made with the tenant, and again, if somebody deleted it, when the tenant
 * is looked after next; its bounds may be changed as those of any other.
 */
final class FirstQuota {

  private static final String SUFFIX = ".etcd";

  private final ApiClient client;
  private final RoomOfTenants room;

  FirstQuota(ApiClient client, RoomOfTenants room) {
    this.client = client;
    this.room = room;
  }

  /**
   * Makes it if it is missing and there are to be bounds.
   *
   * @throws StatusException if the API refuses
   */
  void ensure(String tenant) {
    ObjectNode hard = room.hard();
    String name = tenant + SUFFIX;
    ObjectKey key = new ObjectKey(TenantQuota.RESOURCE, ClusterDirectory.ROOT, "", name);
    if (hard.isEmpty() || client.get(key).orAbsent().isPresent()) {
      return;
    }
    ObjectNode quota = Json.object();
    quota.put("apiVersion", TenantQuota.RESOURCE.group() + "/v1").put("kind", "TenantQuota");
    quota.putObject("metadata").put("name", name);
    quota.putObject("spec").put("tenant", tenant).put("alone", true).set("hard", hard);
    ResourceScope all = ResourceScope.cluster(TenantQuota.RESOURCE, ClusterDirectory.ROOT);
    if (client.create(all, quota) instanceof ApiResult.Refused<?> refused
        && refused.status().reason() != Reason.ALREADY_EXISTS) {
      throw new StatusException(refused.status());
    }
  }
}
