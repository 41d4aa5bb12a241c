package dev.argosy.server.pki;

import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import java.util.Optional;

/**
 * The alternative name by which a client certificate belongs to one logical cluster: {@code
 * argosy://clusters/NAME}, or {@code argosy://clusters/NAME/UID} for that tenant alone and none
 * that gets its name later.
 *
 * @param uid of the tenant; empty for whoever has the name
 */
public record ClusterUri(String cluster, String uid) {

  /** Of the platform's own cluster. */
  public static final ClusterUri ROOT = new ClusterUri(ClusterDirectory.ROOT, "");

  private static final String PREFIX = "argosy://clusters/";

  static ClusterUri of(LogicalCluster cluster) {
    return new ClusterUri(cluster.name(), cluster.uid());
  }

  /** Reads a name; empty if it is of another kind. */
  public static Optional<ClusterUri> parse(String uri) {
    if (!uri.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String[] parts = uri.substring(PREFIX.length()).split("/", 2);
    return Optional.of(new ClusterUri(parts[0], parts.length == 2 ? parts[1] : ""));
  }

  String text() {
    return PREFIX + cluster + (uid.isEmpty() ? "" : "/" + uid);
  }

  /** Whether it means a cluster that may still be asked as. */
  public boolean meant(ClusterDirectory directory) {
    return !cluster.isEmpty()
        && (uid.isEmpty()
            || directory.find(cluster).filter(found -> found.uid().equals(uid)).isPresent());
  }
}
