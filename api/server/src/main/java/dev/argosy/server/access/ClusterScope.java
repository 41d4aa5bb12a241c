package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ties an identity to one logical cluster. Two tenants may both have a service account {@code
 * default/app}, and a tenant's administrator may act as {@code system:masters}: such names mean
 * something in their own cluster only. The authorizer refuses a tied identity everywhere else. Ties
 * to {@link ClusterDirectory#ROOT} do not narrow: root's own names (nodes, platform components) are
 * the platform's.
 */
public final class ClusterScope {

  /** The member of {@link UserInfo#extra()} that holds the cluster. */
  public static final String EXTRA = "argosy.dev/cluster";

  private ClusterScope() {}

  /** The cluster that the identity is tied to; empty for those of the whole platform. */
  public static Optional<String> of(UserInfo user) {
    List<String> values = user.extra().get(EXTRA);
    return values == null ? Optional.empty() : Optional.of(String.join(",", values));
  }

  /**
   * The same identity, tied to the cluster, whatever it was tied to before. Needed wherever a name
   * comes from inside a cluster, so also for impersonation.
   */
  public static UserInfo confine(UserInfo user, String cluster) {
    Map<String, List<String>> extra = new LinkedHashMap<>(user.extra());
    extra.put(EXTRA, List.of(cluster));
    return new UserInfo(user.name(), user.uid(), user.groups(), extra);
  }
}
