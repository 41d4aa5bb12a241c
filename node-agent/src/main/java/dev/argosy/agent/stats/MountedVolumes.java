package dev.argosy.agent.stats;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.FileSystems;
import dev.argosy.agent.volume.mount.BlockDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks the file system that a claim's volume is, or an emptyDir in memory. */
public record MountedVolumes(FileSystems files) implements VolumeFigures {

  @Override
  public Optional<Figures> of(PodView pod, JsonNode volume, Path path) {
    boolean claim = volume.has("persistentVolumeClaim") || volume.has("ephemeral");
    boolean memory = volume.path("emptyDir").path("medium").asString("").equals("Memory");
    return claim || memory ? of(path) : Optional.empty();
  }

  Optional<Figures> of(Path path) {
    try {
      if (BlockDevice.at(path).isPresent()) {
        return Optional.empty(); // what it holds only the pod knows
      }
      FileSystems.Space space = files.of(path.toRealPath());
      long usedBytes = space.bytes().capacity() - space.bytes().available();
      return Optional.of(
          new Figures(
              space.bytes().available(),
              space.bytes().capacity(),
              usedBytes,
              space.inodes().available(),
              space.inodes().capacity(),
              space.inodes().capacity() - space.inodes().available()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
