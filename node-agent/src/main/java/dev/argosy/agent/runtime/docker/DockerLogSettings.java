package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.argosy.agent.runtime.spi.LogLimits;
import java.util.Map;
import java.util.Objects;

/**
 * Docker rotates by itself, once a container was made with these options; and reads what it has
 * rotated.
 *
 * @see <a href="https://docs.docker.com/engine/logging/drivers/json-file/">JSON File logging
 *     driver</a>
 */
record DockerLogSettings(LogLimits limits) {

  /** The same request, with them. */
  CreateContainerCmd on(CreateContainerCmd create) {
    HostConfig host = Objects.requireNonNull(create.getHostConfig());
    host.withLogConfig(
        new LogConfig(
            LogConfig.LoggingType.JSON_FILE,
            Map.of(
                "max-size",
                Long.toString(limits.bytes()),
                "max-file",
                Integer.toString(limits.files()),
                "compress",
                Boolean.toString(limits.files() > 2))));
    return create;
  }
}
