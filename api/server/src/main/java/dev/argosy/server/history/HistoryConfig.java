package dev.argosy.server.history;

import dev.argosy.model.kind.GroupResource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The settings of the history.
 *
 * @param enabled whether anything is recorded ({@code argosy.history.enabled})
 * @param retentionDays how long revisions are kept after they were replaced, in clusters whose
 *     tenant does not say ({@code argosy.history.retention-days})
 * @param leftOut resources that are not recorded ({@code argosy.history.leave-out})
 * @param most what is kept of one cluster and of one object at the most
 * @param catchUp how long etcd keeps its own history for this while the database is away ({@code
 *     argosy.history.catch-up})
 */
public record HistoryConfig(
    boolean enabled, int retentionDays, Set<GroupResource> leftOut, Most most, Duration catchUp) {

  /** What is made again by itself, or is no state that anybody goes back to. */
  static final String LEAVE_OUT =
      "events,endpoints,endpointslices.discovery.k8s.io,leases.coordination.k8s.io,"
          + "csistoragecapacities.storage.k8s.io";

  /** Ten years. */
  private static final int MOST_DAYS = 3660;

  /**
   * Bounds.
   *
   * @param bytes of the replaced contents of a cluster ({@code argosy.history.max-bytes})
   * @param revisions replaced ones of an object ({@code argosy.history.max-revisions})
   */
  public record Most(long bytes, int revisions) {
    public Most {
      if (bytes < 1 || revisions < 1) {
        throw new IllegalArgumentException(
            "argosy.history.max-bytes and argosy.history.max-revisions must be positive");
      }
    }
  }

  public HistoryConfig {
    leftOut = Set.copyOf(leftOut);
    if (retentionDays < 1 || retentionDays > MOST_DAYS) {
      throw new IllegalArgumentException(
          "argosy.history.retention-days must be from 1 to " + MOST_DAYS);
    }
    if (catchUp.isNegative() || catchUp.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("argosy.history.catch-up must be from PT0S to P1D");
    }
  }

  /** Reads the documented keys; what is absent has its default. */
  public static HistoryConfig of(Map<String, String> settings) {
    return new HistoryConfig(
        Boolean.parseBoolean(settings.getOrDefault("argosy.history.enabled", "true")),
        Integer.parseInt(settings.getOrDefault("argosy.history.retention-days", "30")),
        resources(settings.getOrDefault("argosy.history.leave-out", LEAVE_OUT)),
        new Most(
            Long.parseLong(settings.getOrDefault("argosy.history.max-bytes", "1073741824")),
            Integer.parseInt(settings.getOrDefault("argosy.history.max-revisions", "1000"))),
        Duration.parse(settings.getOrDefault("argosy.history.catch-up", "PT1H")));
  }

  private static Set<GroupResource> resources(String names) {
    Set<GroupResource> all = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        int dot = name.indexOf('.');
        all.add(
            dot < 0
                ? new GroupResource("", name.strip())
                : new GroupResource(
                    name.substring(dot + 1).strip(), name.substring(0, dot).strip()));
      }
    }
    return all;
  }

  /** Whether objects of a resource are recorded; what the platform keeps for itself never is. */
  boolean records(GroupResource resource) {
    String group = resource.group();
    boolean internal =
        group.startsWith("~") || group.equals("argosy.dev") || group.equals("quota.argosy.dev");
    return !internal && !leftOut.contains(resource);
  }
}
