package dev.argosy.model.node;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which node pools a logical cluster may use: {@code spec.nodePools} of its Tenant, or the default
 * pool if that says nothing. Root may use all. And whether it may run anything now: a tenant is
 * suspended by its own {@code spec.suspended}, by the wish to delete it, or with a tenant above it.
 */
public final class PoolGrants {

  private static final String ROOT = "root";
  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");

  /** The label that says which pool a node belongs to; without it, {@link #DEFAULT_POOL}. */
  public static final String POOL_LABEL = "argosy.dev/pool";

  public static final String DEFAULT_POOL = "default";

  private static final Set<String> DEFAULT = Set.of(DEFAULT_POOL);

  /** More tenants above one another are not looked at; trees are less deep. */
  private static final int MOST_ABOVE = 64;

  /**
   * A tenant's pools.
   *
   * @param tenant its name, which is that of its cluster
   * @param suspended whether the tenant itself is to run nothing
   * @param parent the tenant above it; empty if none
   */
  public record Grant(String tenant, Set<String> pools, boolean suspended, String parent) {
    public Grant {
      pools = pools.isEmpty() ? DEFAULT : Set.copyOf(pools);
    }

    static Grant of(ApiObject tenant) {
      JsonNode spec = tenant.tree().path("spec");
      Set<String> pools = new HashSet<>();
      spec.path("nodePools").forEach(pool -> pools.add(pool.asString("")));
      boolean suspended = spec.path("suspended").asBoolean(false) || tenant.meta().deleting();
      return new Grant(tenant.name(), pools, suspended, spec.path("parent").asString(""));
    }
  }

  /** The grants of all tenants. */
  public static final InformerSpec<Grant> SPEC =
      InformerSpec.of(ResourceScope.cluster(TENANTS, ROOT), Grant::of);

  private static final Grant NO_TENANT = new Grant("", DEFAULT, false, "");

  private final Informer<Grant> tenants;

  public PoolGrants(Informer<Grant> tenants) {
    this.tenants = tenants;
  }

  /** Whether the cluster's tenant, or one above it, is to run nothing. */
  public boolean suspended(String cluster) {
    String name = cluster;
    for (int above = 0; above < MOST_ABOVE && !name.isEmpty() && !name.equals(ROOT); above++) {
      Grant grant = tenants.get(new ObjectKey(TENANTS, ROOT, "", name)).orElse(NO_TENANT);
      if (grant.suspended()) {
        return true;
      }
      name = grant.parent();
    }
    return false;
  }

  /** Whether a cluster may use the nodes of a pool. */
  public boolean allows(String cluster, String pool) {
    return cluster.equals(ROOT)
        || tenants
            .get(new ObjectKey(TENANTS, ROOT, "", cluster))
            .map(Grant::pools)
            .orElse(DEFAULT)
            .contains(pool);
  }
}
