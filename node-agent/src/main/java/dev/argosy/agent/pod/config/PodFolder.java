package dev.argosy.agent.pod.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Where the files of one pod lie on the node. */
public record PodFolder(Path path) {

  /** The folder of a pod below the agent's data folder. */
  public static PodFolder of(Path data, String podUid) {
    return new PodFolder(data.resolve("pods").resolve(podUid));
  }

  /** Whose it is. */
  public String uid() {
    return path.getFileName().toString();
  }

  /** Where a volume of the pod lies, or a link to it. */
  public Path volume(String name) {
    return path.resolve("volumes").resolve(name);
  }

  /** Where a part of a volume is mounted for one place of a container. */
  public Path part(String volume, String container, String target) {
    UUID place = UUID.nameUUIDFromBytes(target.getBytes(StandardCharsets.UTF_8));
    return path.resolve("parts").resolve(volume).resolve(container).resolve(place.toString());
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

  /** Removes everything; what is mounted below it must have been unmounted. */
  public void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path one : bottomUp) {
        Files.deleteIfExists(one);
      }
    }
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
