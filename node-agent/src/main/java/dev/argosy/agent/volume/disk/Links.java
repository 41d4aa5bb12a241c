package dev.argosy.agent.volume.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which pods of this node use which volumes: the links {@code pods/UID/volumes/NAME} that lead to
 * them. They are made before a volume is mounted and go after it is unmounted.
 */
final class Links {

  private final Path pods;

  Links(Path data) {
    this.pods = data.resolve("pods");
  }

  /** Lets a pod's volume lead to a folder. */
  static void make(Path link, Path folder) throws IOException {
    Files.createDirectories(link.getParent());
    if (Files.isSymbolicLink(link)) {
      if (Files.readSymbolicLink(link).equals(folder)) {
        return;
      }
      Files.delete(link);
    }
    Files.createSymbolicLink(link, folder);
  }

  /** The links of one pod. */
  static List<Path> of(Path pod) throws IOException {
    return list(pod.resolve("volumes")).stream().filter(Files::isSymbolicLink).toList();
  }

  /** All links of all pods that lead to a place. */
  List<Path> to(Place place) throws IOException {
    List<Path> links = new ArrayList<>();
    for (Path pod : list(pods)) {
      for (Path link : of(pod)) {
        if (place.holds(Files.readSymbolicLink(link))) {
          links.add(link);
        }
      }
    }
    return links;
  }

  static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
