package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.config.AtomicFolder.Entry;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Prepares the volumes of one pod and keeps those fresh that mirror the API. */
public final class PodVolumes {

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
      AtomicFolder.own(kept, fsGroup());
    } else if (volume.path("ephemeral").isObject()) {
      ClaimFolder.own(source, pod(), name(volume), path);
      AtomicFolder.own(path, fsGroup());
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
    AtomicFolder.permit(path, 0777);
    AtomicFolder.own(path, fsGroup());
  }

  private int fsGroup() {
    return pod().spec().path("securityContext").path("fsGroup").asInt(-1);
  }

  /** Where a volume lies on the node. */
  Path path(String volumeName) throws ConfigFailure {
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
