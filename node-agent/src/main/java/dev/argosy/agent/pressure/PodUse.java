package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.resize.PodRequest;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import java.util.List;
import java.util.Map;

/**
 * What a pod uses of the node.
 *
 * @param memory bytes by container
 * @param disk bytes by container, of its writable layer and its logs
 * @param volumeBytes of volumes that live on the node's disk and end with the pod
 * @param inodes of all of that
 * @param processes of all containers
 */
public record PodUse(
    PodView pod,
    Map<String, Long> memory,
    Map<String, Long> disk,
    long volumeBytes,
    long inodes,
    long processes) {

  public PodUse {
    memory = Map.copyOf(memory);
    disk = Map.copyOf(disk);
  }

  /** Whether the node must not end it, however short it is. */
  public static boolean critical(PodView pod) {
    return pod.critical();
  }

  static long priority(PodView pod) {
    return pod.priority();
  }

  long used(Signal signal) {
    return switch (signal) {
      case MEMORY -> sum(memory);
      case NODE_DISK, IMAGE_DISK -> sum(disk) + volumeBytes;
      case NODE_INODES, IMAGE_INODES -> inodes;
      case PROCESSES -> processes;
    };
  }

  /** What the pod was promised of it; nothing of what cannot be asked for. */
  long requested(Signal signal) {
    return switch (signal) {
      case MEMORY -> PodRequest.of(pod).memoryBytes();
      case NODE_DISK, IMAGE_DISK ->
          pod.containers().stream().mapToLong(c -> request(c, "ephemeral-storage")).sum();
      case NODE_INODES, IMAGE_INODES, PROCESSES -> 0;
    };
  }

  /** What each container uses of it; empty for what is not told apart by container. */
  Map<String, Long> byContainer(Signal signal) {
    return switch (signal) {
      case MEMORY -> memory;
      case NODE_DISK, IMAGE_DISK -> disk;
      case NODE_INODES, IMAGE_INODES, PROCESSES -> Map.of();
    };
  }

  List<ContainerView> containers() {
    return pod.all();
  }

  static long request(ContainerView container, String resource) {
    return Quantities.whole(container.resources().path("requests").path(resource).asString(""));
  }

  private static long sum(Map<String, Long> amounts) {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
