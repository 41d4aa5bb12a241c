package dev.argosy.server.audit;

import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.audit.AuditLog;
import dev.argosy.tenancy.audit.AuditRetention;
import dev.argosy.tenancy.database.PlatformDatabase;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where the trail is kept.
 *
 * @param kept how long the entries of a cluster are kept
 * @param clusters those that have a trail of their own
 */
public record TrailStore(
    AuditLog log,
    AuditRetention retention,
    Function<String, Duration> kept,
    ClusterDirectory clusters) {

  public static TrailStore in(
      PlatformDatabase database, Function<String, Duration> kept, ClusterDirectory clusters) {
    return new TrailStore(new AuditLog(database), new AuditRetention(database), kept, clusters);
  }

  /**
   * The cluster whose trail tells of a request to one. What names no cluster, or one that is not
   * there, is told in the platform's own: names that people make up leave nothing of their own
   * behind.
   */
  String trailOf(String cluster) {
    return clusters.find(cluster).isPresent() ? cluster : ClusterDirectory.ROOT;
  }
}
