package dev.argosy.agent.pod.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where the files of one pod lie on the node. */
public record PodFolder(Path path) {

  /** The folder of a pod below the agent's data folder. */
  public static PodFolder of(Path data, String podUid) {
    return new PodFolder(data.resolve("pods").resolve(podUid));
  }

  /** Whether a volume of a pod lies on the node's own disk and ends with the pod. */
  public static boolean scratch(JsonNode volume) {
    JsonNode emptyDir = volume.path("emptyDir");
    return emptyDir.isObject() && emptyDir.path("medium").asString("").isEmpty();
  }

  public Path volume(String name) {
    return path.resolve("volumes").resolve(name);
  }

  /** The folder of a volume that outlives its pods. */
  Path kept(String cluster, String volume) {
    Path volumes = path.toAbsolutePath().resolve("../../volumes").normalize();
    return volumes.resolve(cluster).resolve(volume);
  }

  Path etc(String file) {
    return path.resolve("etc").resolve(file);
  }

  /** The termination message of one attempt of a container. */
  public Path terminationLog(String container, int attempt) {
    return path.resolve("messages").resolve(container + "-" + attempt);
  }

  /** What its containers were granted. */
  public Path sizes() {
    return path.resolve("sizes.json");
  }

  /** Removes what lies in volumes of its own that end with the pod: it has ended. */
  public void dropScratch(JsonNode volumes) throws IOException {
    for (JsonNode one : volumes) {
      Path volume = volume(one.path("name").asString(""));
      if (one.path("emptyDir").isObject() && Files.exists(volume)) {
        MemoryVolume.unmount(volume);
        delete(volume);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path one : bottomUp) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** Removes everything, memory volumes unmounted first. */
  public void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Path volumes = path.resolve("volumes");
    if (Files.isDirectory(volumes)) {
      try (Stream<Path> all = Files.list(volumes)) {
        for (Path volume : all.toList()) {
          MemoryVolume.unmount(volume);
        }
      }
    }
    delete(path);
  }

  /** The pods that have a folder here. */
  public static List<String> uids(Path data) throws IOException {
    Path pods = data.resolve("pods");
    if (!Files.isDirectory(pods)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(pods)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
