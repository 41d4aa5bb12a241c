package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * How a volume is mounted into a container.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation">Propagation
 *     and recursive read-only mounts</a>
 */
final class MountModes {

  private MountModes() {}

  /**
   * What the engine is to mount.
   *
   * @param readOnly whether the volume is, whatever its mount says
   */
  static Mount of(Path source, JsonNode mount, boolean readOnly) throws ConfigFailure, IOException {
    if (mount.path("recursiveReadOnly").asString("").equals("Enabled")) {
      requireSingle(source, mount.path("name").asString(""));
    }
    return new Mount(
        source.toAbsolutePath().toString(),
        absolute(mount.path("mountPath").asString("")),
        readOnly || mount.path("readOnly").asBoolean(false),
        propagation(mount.path("mountPropagation").asString("")));
  }

  /** A place in the container; the API takes relative ones, too, which begin at its root. */
  private static String absolute(String place) {
    return place.startsWith("/") ? place : "/" + place;
  }

  private static Mount.Propagation propagation(String text) {
    return switch (text) {
      case "HostToContainer" -> Mount.Propagation.FROM_HOST;
      case "Bidirectional" -> Mount.Propagation.BOTH;
      default -> Mount.Propagation.NONE;
    };
  }

  /**
   * Engines make only the topmost mount read-only. That is all of them if nothing is mounted below
   * it: nothing can come later without propagation.
   */
  private static void requireSingle(Path source, String volume) throws ConfigFailure, IOException {
    boolean nested =
        MountTable.read().below(source).stream()
            .anyMatch(entry -> !entry.target().equals(source.toAbsolutePath().normalize()));
    if (nested) {
      throw new ConfigFailure(
          "failed to resolve recursive read-only mode: volume \""
              + volume
              + "\" requested recursive read-only mode, but other file systems are mounted in it"
              + " and the runtime does not support that");
    }
  }
}
