package dev.argosy.agent.stats;

import dev.argosy.agent.pod.view.PodView;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Tells how full a pod's volume is, for those that are file systems of their own. Drivers of
 * volumes that know better come before {@link MountedVolumes}.
 */
@FunctionalInterface
public interface VolumeFigures {

  /** How full a volume is; in bytes and inodes, negative where that is not known. */
  record Figures(
      long availableBytes,
      long capacityBytes,
      long usedBytes,
      long freeInodes,
      long inodes,
      long usedInodes) {}

  /**
   * Asks about one volume.
   *
   * @param volume of the pod's specification
   * @param path where it lies on this node, or a link to it
   * @return empty if it is none of those that are known here
   */
  Optional<Figures> of(PodView pod, JsonNode volume, Path path);

  /** Asks another one where this one does not know. */
  default VolumeFigures or(VolumeFigures other) {
    return (pod, volume, path) -> of(pod, volume, path).or(() -> other.of(pod, volume, path));
  }
}
