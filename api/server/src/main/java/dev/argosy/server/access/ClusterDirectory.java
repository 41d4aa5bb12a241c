package dev.argosy.server.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which logical clusters there are. Asked on every request by many threads, so it answers from
 * memory; what another server created may take a moment to appear.
 */
public interface ClusterDirectory {

  /** The platform's own cluster; always there. */
  String ROOT = "root";

  Optional<LogicalCluster> find(String name);

  /**
   * How much the pods of a cluster may do at the most: what its tenant says, then what those above
   * it say; each of them binds. Nothing for {@link #ROOT}, nor where there are no tenants.
   */
  default List<PodBound> podBounds(String name) {
    return List.of();
  }

  /**
   * What one tenant says of its pods, and of those of the tenants below it.
   *
   * @param level of the Pod Security Standards
   * @param version of the standards; empty for the newest
   */
  record PodBound(String tenant, String level, String version) {}

  /**
   * One tenant's cluster.
   *
   * @param uid of the tenant, by which it differs from an earlier one of the same name; empty for
   *     {@link #ROOT}
   * @param nodePools the pools whose nodes it may see and use; ignored for {@link #ROOT}, which
   *     sees all
   */
  record LogicalCluster(String name, String uid, Phase phase, Set<String> nodePools) {
    public LogicalCluster {
      nodePools = Set.copyOf(nodePools);
    }
  }

  /**
   * Where a logical cluster is in its life. A suspended one runs nothing and is changed by the
   * platform only; a terminating one takes no new objects.
   */
  enum Phase {
    PENDING,
    ACTIVE,
    SUSPENDED,
    TERMINATING
  }
}
