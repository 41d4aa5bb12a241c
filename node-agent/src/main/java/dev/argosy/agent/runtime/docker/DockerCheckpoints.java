package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * Has the engine write a container down, which it can with {@code --experimental} and CRIU alone,
 * and packs the folder that it makes.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/checkpoint/">docker checkpoint</a>
 */
record DockerCheckpoints(String dockerHost) {

  private static final String NAME = "checkpoint";

  void make(String container, Path archive) throws RuntimeFailure {
    Path folder = archive.resolveSibling(archive.getFileName() + ".d");
    String body =
        Json.object()
            .put("CheckpointID", NAME)
            .put("CheckpointDir", folder.toString())
            .put("Exit", false)
            .toString();
    try {
      EngineSocket.post(dockerHost, "/containers/" + container + "/checkpoints", body);
      Outcome packed =
          Commands.run(
              List.of(
                  "tar",
                  "--create",
                  "--file",
                  archive.toString(),
                  "--directory",
                  folder.toString(),
                  "."));
      if (!packed.ok()) {
        throw new RuntimeFailure(Kind.REFUSED, "cannot pack the checkpoint: " + packed.output());
      }
    } finally {
      Commands.run(List.of("rm", "-rf", "--", folder.toString()));
    }
  }
}
