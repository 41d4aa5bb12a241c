package dev.argosy.wiring;

import dev.argosy.model.metric.Metrics;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import dev.argosy.server.file.WatchedFile;
import dev.argosy.server.request.YamlBody;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The file that says how the scheduler works. */
final class SchedulerFile {

  private static final int MAX_BYTES = 1024 * 1024;

  private SchedulerFile() {}

  static WatchedFile of(Path file, Consumer<Configuration> scheduler, Metrics metrics) {
    return new WatchedFile(
        file,
        metrics.counter(
            "argosy_scheduler_config_reloads_total",
            "Times that the scheduler's file was taken over, or could not be.",
            "status"),
        text -> {
          Configuration read = ConfigurationFile.read(new YamlBody(MAX_BYTES).decode(text).tree());
          scheduler.accept(read);
          return "profiles " + read.profiles().names();
        });
  }
}
