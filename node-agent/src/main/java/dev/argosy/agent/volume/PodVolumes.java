package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.ConfigSource;
import dev.argosy.agent.pod.config.FieldValues;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.config.VolumeMounts;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.volume.AtomicFolder.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prepares the volumes of one pod and keeps those fresh that mirror the API. */
public final class PodVolumes implements VolumeMounts {

  private static final String CLAIM = "persistentVolumeClaim";
  private static final Set<String> MIRRORS =
      Set.of("configMap", "secret", "downwardAPI", "projected");

  private final ConfigSource source;
  private final PodFolder folder;
  private final FieldValues fields;
  private final java.time.Clock clock;

  public PodVolumes(
      ConfigSource source, PodFolder folder, FieldValues fields, java.time.Clock clock) {
    this.source = source;
    this.folder = folder;
    this.fields = fields;
    this.clock = clock;
  }

  /** Makes all volumes ready, or brings them up to date; safe to do again and again. */
  public void prepare() throws ConfigFailure {
    for (JsonNode volume : pod().spec().path("volumes")) {
      try {
        prepare(volume);
      } catch (IOException | UncheckedIOException e) {
        throw new ConfigFailure(
            "MountVolume.SetUp failed for volume \"" + name(volume) + "\": " + e.getMessage());
      } catch (ConfigFailure e) {
        throw new ConfigFailure(
            "MountVolume.SetUp failed for volume \"" + name(volume) + "\": " + e.getMessage());
      }
    }
  }

  private PodView pod() {
    return fields.pod();
  }

  private static String name(JsonNode volume) {
    return volume.path("name").asString("");
  }

  private void prepare(JsonNode volume) throws ConfigFailure, IOException {
    Path path = folder.volume(name(volume));
    if (volume.path("emptyDir").isObject()) {
      emptyDir(path, volume.path("emptyDir"));
    } else if (volume.path("hostPath").isObject()) {
      HostPath.check(volume.path("hostPath"));
    } else if (volume.path(CLAIM).isObject()) {
      String claim = volume.path(CLAIM).path("claimName").asString("");
      Path kept = ClaimFolder.link(source, pod().key(), claim, folder, path);
      FileModes.own(kept, fsGroup());
    } else if (volume.path("ephemeral").isObject()) {
      ClaimFolder.own(source, pod(), name(volume), path);
      FileModes.own(path, fsGroup());
    } else if (MIRRORS.stream().anyMatch(kind -> volume.path(kind).isObject())) {
      Map<String, Entry> files = new MirroredFiles(source, fields, path, clock).of(volume);
      AtomicFolder.write(path, files, fsGroup());
    } else {
      throw new ConfigFailure("this node has no volumes of that kind");
    }
  }

  private void emptyDir(Path path, JsonNode emptyDir) throws IOException {
    Files.createDirectories(path);
    if (emptyDir.path("medium").asString("").equals("Memory")) {
      MemoryVolume.mount(path, Quantities.whole(emptyDir.path("sizeLimit").asString("")));
    }
    FileModes.permit(path, 0777);
    FileModes.own(path, fsGroup());
  }

  private int fsGroup() {
    return pod().spec().path("securityContext").path("fsGroup").asInt(-1);
  }

  @Override
  public Mount of(String container, JsonNode mount, String subPath)
      throws ConfigFailure, IOException {
    Path whole = path(mount.path("name").asString(""));
    Path source = subPath.isEmpty() ? whole : subPath(whole, subPath);
    return new Mount(
        source.toAbsolutePath().toString(),
        mount.path("mountPath").asString(""),
        mount.path("readOnly").asBoolean(false));
  }

  /** A part of a volume; links must not lead out of it. */
  private static Path subPath(Path volume, String subPath) throws ConfigFailure, IOException {
    Path wanted = volume.resolve(subPath).normalize();
    if (subPath.startsWith("/") || !wanted.startsWith(volume)) {
      throw new ConfigFailure("subPath \"" + subPath + "\" leads out of its volume");
    }
    if (!Files.exists(wanted)) {
      Files.createDirectories(wanted);
      FileModes.permit(wanted, 0777);
    }
    Path real = wanted.toRealPath();
    if (!real.startsWith(volume.toRealPath())) {
      throw new ConfigFailure("subPath \"" + subPath + "\" leads out of its volume");
    }
    return real;
  }

  /** Unmounts what is mounted in a pod's folder. */
  public static void unmount(PodFolder folder) throws IOException {
    Path volumes = folder.path().resolve("volumes");
    if (Files.isDirectory(volumes)) {
      try (Stream<Path> all = Files.list(volumes)) {
        for (Path volume : all.toList()) {
          MemoryVolume.unmount(volume);
        }
      }
    }
  }

  /** Where a volume lies on the node. */
  private Path path(String volumeName) throws ConfigFailure {
    for (JsonNode volume : pod().spec().path("volumes")) {
      if (name(volume).equals(volumeName)) {
        return volume.path("hostPath").isObject()
            ? Path.of(volume.path("hostPath").path("path").asString("/"))
            : real(volume, folder.volume(volumeName));
      }
    }
    throw new ConfigFailure("volume \"" + volumeName + "\" is not defined");
  }

  /** A claim's volume is a link, which the container engine must not follow by itself. */
  private static Path real(JsonNode volume, Path path) throws ConfigFailure {
    try {
      return volume.path(CLAIM).isObject() ? path.toRealPath() : path;
    } catch (IOException e) {
      throw new ConfigFailure("the folder of volume \"" + name(volume) + "\" is gone");
    }
  }
}
