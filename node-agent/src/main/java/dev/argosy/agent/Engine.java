package dev.argosy.agent;

import dev.argosy.agent.runtime.cri.CriRuntime;
import dev.argosy.agent.runtime.cri.log.LogFolders;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import java.nio.file.Path;

/**
 * What runs the containers, connected when it is first needed.
 *
 * @param name as in container ids ({@code containerd://…})
 */
record Engine(String name, ContainerRuntime runtime) {

  private static final String SOCKET = ".sock";

  /** The one that was chosen. */
  static Engine of(AgentConfig config) {
    String endpoint = config.runtimeEndpoint();
    return endpoint.isEmpty()
        ? new Engine(
            "docker",
            DockerRuntime.connect(config.dockerHost(), config.node(), config.pods().logs()))
        : new Engine(
            named(endpoint),
            CriRuntime.connect(
                endpoint,
                config.node(),
                new LogFolders(config.data().resolve("logs"), config.pods().logs())));
  }

  /** By its socket, since it may not be there yet to be asked. */
  static String named(String endpoint) {
    String file = String.valueOf(Path.of(endpoint).getFileName());
    String name = file.endsWith(SOCKET) ? file.substring(0, file.length() - SOCKET.length()) : file;
    return name.equals("crio") ? "cri-o" : name;
  }
}
