package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory.Phase;

/**
 * Who may write in the cluster of a tenant that is suspended: whoever may resume it, which includes
 * the platform's own loops, and the agents of its nodes. Called by many threads.
 */
public final class SuspendedWrites {

  private final ClusterDirectory clusters;
  private final Authorizer authorizer;

  public SuspendedWrites(ClusterDirectory clusters, Authorizer authorizer) {
    this.clusters = clusters;
    this.authorizer = authorizer;
  }

  /** Whether a cluster is that of a suspended tenant. */
  public boolean suspended(String cluster) {
    return clusters.find(cluster).filter(found -> found.phase() == Phase.SUSPENDED).isPresent();
  }

  /** Whether somebody may write in the cluster although its tenant is suspended. */
  public boolean allowed(UserInfo user, String cluster) {
    return NodeIdentity.agent(user)
        || authorizer
            .authorize(
                new Attributes(
                    user,
                    ClusterDirectory.ROOT,
                    "update",
                    "tenancy.argosy.dev",
                    "v1",
                    "tenants",
                    "",
                    "",
                    cluster,
                    ""))
            .allowed();
  }

  /** What everybody else is told. */
  public static String refusal(String cluster) {
    return "tenant " + cluster + " is suspended: only the platform's administrators may change it";
  }
}
