package dev.argosy.server.audit;

import dev.argosy.tenancy.audit.AuditLog;
import dev.argosy.tenancy.audit.AuditRetention;
import dev.argosy.tenancy.database.PlatformDatabase;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where the trail is kept.
 *
 * @param kept how long the entries of a cluster are kept
 */
public record TrailStore(AuditLog log, AuditRetention retention, Function<String, Duration> kept) {

  public static TrailStore in(PlatformDatabase database, Function<String, Duration> kept) {
    return new TrailStore(new AuditLog(database), new AuditRetention(database), kept);
  }
}
