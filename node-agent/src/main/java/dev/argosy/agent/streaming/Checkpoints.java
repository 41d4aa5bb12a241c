package dev.argosy.agent.streaming;

import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.pod.running.RunningPod;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.tunnel.PodRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes containers down as kubelet does: an archive on the node's disk, for the administrator
 * alone, since it holds all of the container's memory.
 *
 * @see <a href="https://kubernetes.io/docs/reference/node/kubelet-checkpoint-api/">Kubelet
 *     Checkpoint API</a>
 */
public final class Checkpoints {

  private static final int OWNER_ONLY = 0700;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private final ContainerRuntime runtime;
  private final Path folder;
  private final Clock clock;

  /**
   * @param folder for the archives; need not be there
   */
  public Checkpoints(ContainerRuntime runtime, Path folder, Clock clock) {
    this.runtime = runtime;
    this.folder = folder;
    this.clock = clock;
  }

  /** Makes one; answers its path as kubelet does. */
  byte[] make(RunningPod pod, PodRef ref, String name) throws IOException {
    Container container =
        pod.container(name)
            .filter(one -> one.state() instanceof Container.Running)
            .orElseThrow(() ->
                PodStreams.refusal(Reason.NOT_FOUND, "container " + name + " does not exist"));
    Path own = folder.resolve(ref.cluster());
    Files.createDirectories(own);
    FileModes.permit(folder, OWNER_ONLY);
    Path archive =
        own.resolve(
            "checkpoint-%s_%s-%s-%s.tar"
                .formatted(ref.name(), ref.namespace(), name, TIME.format(clock.instant())));
    try {
      runtime.checkpointContainer(container.id(), archive);
    } catch (RuntimeFailure e) {
      Files.deleteIfExists(archive);
      throw PodStreams.refusal(
          Reason.INTERNAL_ERROR,
          "checkpointing of %s/%s/%s failed (%s)"
              .formatted(ref.namespace(), ref.name(), name, e.getMessage()));
    }
    ObjectNode answer = Json.object();
    answer.putArray("items").add(archive.toString());
    return Json.mapper().writeValueAsBytes(answer);
  }
}
