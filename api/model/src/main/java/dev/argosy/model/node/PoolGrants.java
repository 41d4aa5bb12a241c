package dev.argosy.model.node;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.HashSet;
import java.util.Set;

/**
 * Which node pools a logical cluster may use: {@code spec.nodePools} of its Tenant, or the default
 * pool if that says nothing. Root may use all.
 */
public final class PoolGrants {

  private static final String ROOT = "root";
  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");

  /** The label that says which pool a node belongs to; without it, {@link #DEFAULT_POOL}. */
  public static final String POOL_LABEL = "argosy.dev/pool";

  public static final String DEFAULT_POOL = "default";

  private static final Set<String> DEFAULT = Set.of(DEFAULT_POOL);

  /** A tenant's pools. */
  public record Grant(Set<String> pools) {
    public Grant {
      pools = pools.isEmpty() ? DEFAULT : Set.copyOf(pools);
    }

    static Grant of(ApiObject tenant) {
      Set<String> pools = new HashSet<>();
      tenant.tree().path("spec").path("nodePools").forEach(pool -> pools.add(pool.asString("")));
      return new Grant(pools);
    }
  }

  /** The grants of all tenants. */
  public static final InformerSpec<Grant> SPEC =
      InformerSpec.of(ResourceScope.cluster(TENANTS, ROOT), Grant::of);

  private final Informer<Grant> tenants;

  public PoolGrants(Informer<Grant> tenants) {
    this.tenants = tenants;
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
