package dev.argosy.wiring;

import dev.argosy.server.AccessConfig;
import dev.argosy.server.ApiServerConfig;
import dev.argosy.server.history.HistoryConfig;
import dev.argosy.server.metering.MeteringConfig;
import dev.argosy.server.recording.RecordingConfig;
import dev.argosy.store.etcd.EtcdConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of one server process, by module.
 *
 * @param scheduler how the scheduler works, as a KubeSchedulerConfiguration ({@code
 *     argosy.scheduler.config}; none by default)
 */
public record PlatformConfig(
    ApiServerConfig api,
    AccessConfig access,
    DatabaseConfig database,
    EtcdConfig etcd,
    SealSettings encryption,
    MeteringConfig metering,
    HistoryConfig history,
    RecordingConfig recordings,
    Optional<Path> scheduler) {

  /** Reads the documented keys; what is absent has its default. */
  public static PlatformConfig of(Map<String, String> settings) {
    return new PlatformConfig(
        ApiServerConfig.of(settings),
        AccessConfig.of(settings),
        DatabaseConfig.of(settings),
        EtcdSettings.of(settings),
        SealSettings.of(settings),
        MeteringConfig.of(settings),
        HistoryConfig.of(settings),
        RecordingConfig.of(settings),
        Optional.of(settings.getOrDefault("argosy.scheduler.config", ""))
            .filter(file -> !file.isEmpty())
            .map(Path::of));
  }
}
