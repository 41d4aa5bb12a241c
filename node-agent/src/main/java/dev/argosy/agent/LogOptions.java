package dev.argosy.agent;

import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.model.quantity.Quantity;
import picocli.CommandLine.Option;

/** Options about containers' logs; kubelet's names. */
final class LogOptions {

  @Option(
      names = "--container-log-max-size",
      defaultValue = "${env:ARGOSY_CONTAINER_LOG_MAX_SIZE:-10Mi}",
      description =
          "a container's log goes on in another file when it is longer; default: ${DEFAULT-VALUE}"
              + " (ARGOSY_CONTAINER_LOG_MAX_SIZE)")
  String maxSize = "10Mi";

  @Option(
      names = "--container-log-max-files",
      defaultValue = "${env:ARGOSY_CONTAINER_LOG_MAX_FILES:-5}",
      description =
          "files that are kept of a container's log, at least 2; default: ${DEFAULT-VALUE}"
              + " (ARGOSY_CONTAINER_LOG_MAX_FILES)")
  int maxFiles = 5;

  /** What they say. */
  LogLimits limits() {
    long bytes;
    try {
      bytes = Quantity.parse(maxSize).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--container-log-max-size is a size such as 10Mi, not \"" + maxSize + "\"", e);
    }
    return new LogLimits(bytes, maxFiles);
  }
}
