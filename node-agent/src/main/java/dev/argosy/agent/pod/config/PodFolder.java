package dev.argosy.agent.pod.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
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

  /** Whose it is. */
  public String uid() {
    return path.getFileName().toString();
  }

  /** Where a volume of the pod lies, or a link to it. */
  public Path volume(String name) {
    return path.resolve("volumes").resolve(name);
  }

  /** Where parts of volumes are mounted. */
  public Path parts() {
    return path.resolve("parts");
  }

  /** Where a part of a volume is mounted for one place of a container. */
  public Path part(String volume, String container, String target) {
    UUID place = UUID.nameUUIDFromBytes(target.getBytes(StandardCharsets.UTF_8));
    return parts().resolve(volume).resolve(container).resolve(place.toString());
  }

  /** Where the node's own filters of system calls lie. */
  Path seccompProfiles() {
    return path.toAbsolutePath().resolve("../../seccomp").normalize();
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

  /** The node's word on it, if there is one. */
  public Path word() {
    return path.resolve("word.json");
  }

  /** Removes what lies in volumes of its own on the disk that end with the pod: it has ended. */
  public void dropScratch(JsonNode volumes) throws IOException {
    for (JsonNode one : volumes) {
      Path volume = volume(one.path("name").asString(""));
      if (scratch(one) && Files.exists(volume)) {
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
    } catch (UncheckedIOException whileItChanged) {
      throw whileItChanged.getCause();
    }
  }

  /** Removes everything; what is mounted below it must have been unmounted. */
  public void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
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
