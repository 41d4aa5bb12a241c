package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.volume.NodeVolumes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Unmounts the volumes of a pod that has ended. A pod is not gone before all are: what does not
 * unmount is told once and tried again, after ever longer rests.
 */
final class VolumeRelease {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final PodNode node;
  private final NodeVolumes volumes;
  private final PodFolder folder;
  private Duration rest = Duration.ZERO;
  private Instant next = Instant.MIN;
  private String told = "";

  VolumeRelease(PodNode node, NodeVolumes volumes, PodFolder folder) {
    this.node = node;
    this.volumes = volumes;
    this.folder = folder;
  }

  /** Returns when nothing of them is left. */
  void of(PodView pod) throws RuntimeFailure {
    Instant now = node.clock().instant();
    if (now.isBefore(next) && !now.plus(LONGEST).isBefore(next)) {
      throw new RuntimeFailure(Kind.CONFLICT, told);
    }
    try {
      volumes.release(folder);
    } catch (IOException e) {
      rest = rest.isZero() ? FIRST : rest.multipliedBy(2);
      rest = rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
      next = now.plus(rest);
      String message = "UnmountVolume.TearDown failed: " + e.getMessage();
      if (told.isEmpty()) {
        node.events().warning(pod, "", "FailedUnMount", message);
      }
      told = message;
      throw new RuntimeFailure(Kind.CONFLICT, message);
    }
  }

  /** Whether that is what could not be unmounted. */
  boolean told(String failure) {
    return !told.isEmpty() && told.equals(failure);
  }
}
