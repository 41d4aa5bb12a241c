package dev.argosy.server.audit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the audit.
 *
 * @param policy a file with a Policy of audit.k8s.io/v1; empty for the built-in one ({@code
 *     argosy.audit.policy})
 * @param log a file for events as lines of JSON; empty for none ({@code argosy.audit.log})
 * @param logBytes a full file is this long ({@code argosy.audit.log.max-bytes})
 * @param logBackups how many full files are kept ({@code argosy.audit.log.backups})
 * @param retentionDays how long the trail keeps entries of clusters whose tenant does not say
 *     ({@code argosy.audit.retention-days})
 */
public record AuditConfig(
    Optional<Path> policy, Optional<Path> log, long logBytes, int logBackups, int retentionDays) {

  /** The most that can be asked for, ten years. */
  private static final int MOST_DAYS = 3660;

  public AuditConfig {
    if (logBytes < 1 || logBackups < 0) {
      throw new IllegalArgumentException(
          "argosy.audit.log.max-bytes must be positive, argosy.audit.log.backups not negative");
    }
    if (retentionDays < 1 || retentionDays > MOST_DAYS) {
      throw new IllegalArgumentException(
          "argosy.audit.retention-days must be from 1 to " + MOST_DAYS);
    }
  }

  /** Reads the documented keys; what is absent has its default. */
  public static AuditConfig of(Map<String, String> settings) {
    return new AuditConfig(
        file(settings, "argosy.audit.policy"),
        file(settings, "argosy.audit.log"),
        Long.parseLong(settings.getOrDefault("argosy.audit.log.max-bytes", "104857600")),
        Integer.parseInt(settings.getOrDefault("argosy.audit.log.backups", "10")),
        Integer.parseInt(settings.getOrDefault("argosy.audit.retention-days", "90")));
  }

  private static Optional<Path> file(Map<String, String> settings, String key) {
    return Optional.of(settings.getOrDefault(key, "")).filter(s -> !s.isBlank()).map(Path::of);
  }
}
