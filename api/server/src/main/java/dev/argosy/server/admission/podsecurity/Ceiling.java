package dev.argosy.server.admission.podsecurity;

import dev.argosy.server.access.ClusterDirectory;
import java.util.Comparator;
import java.util.List;

/**
 * How much the pods of a tenant may do at the most, whatever its namespaces say: by the Tenant, and
 * by those above it. Nobody is exempt, since what somebody else puts into a tenant's cluster is
 * there for its people.
 */
final class Ceiling {

  private final ClusterDirectory clusters;

  Ceiling(ClusterDirectory clusters) {
    this.clusters = clusters;
  }

  /**
   * A policy that binds a cluster.
   *
   * @param source who says so, as messages end
   */
  record Bound(Policy policy, String source) {}

  /** All that bind, the strictest first; none where pods may do anything. */
  List<Bound> of(String cluster) {
    List<ClusterDirectory.PodBound> said = clusters.podBounds(cluster);
    if (said.isEmpty()) {
      return List.of();
    }
    return said.stream()
        .map(one -> new Bound(Policy.said(one.level(), one.version()), source(cluster, one)))
        .filter(one -> one.policy.level() != Level.PRIVILEGED)
        .sorted(Comparator.comparing((Bound one) -> one.policy.level()).reversed())
        .toList();
  }

  /** Names of tenants above are nothing that everybody in a cluster knows. */
  private static String source(String cluster, ClusterDirectory.PodBound bound) {
    String whose =
        bound.tenant().equals(cluster)
            ? "the Tenant \"" + cluster + "\""
            : "a Tenant above \"" + cluster + "\"";
    return "; the platform's administrators allow no more (spec.podSecurity of " + whose + ")";
  }
}
