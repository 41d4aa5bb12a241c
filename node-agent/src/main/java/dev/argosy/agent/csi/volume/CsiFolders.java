package dev.argosy.agent.csi.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where volumes of drivers lie: as with kubelet, below the agent's data folder. */
final class CsiFolders {

  private static final String OF_POD = "kubernetes.io~csi";

  private final Path data;

  CsiFolders(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  /** Of a volume of a pod; it is mounted at {@link #mount}. */
  Path published(Path pod, String name) {
    return pod.toAbsolutePath().normalize().resolve("volumes").resolve(OF_POD).resolve(name);
  }

  static Path mount(Path published) {
    return published.resolve("mount");
  }

  /** Of a volume of the node; it is mounted at {@link #staging}. */
  Path staged(String driver, String handle) {
    return stages().resolve(driver).resolve(Digest.of(handle));
  }

  static Path staging(Path staged) {
    return staged.resolve("globalmount");
  }

  private Path stages() {
    return data.resolve("plugins").resolve("kubernetes.io").resolve("csi");
  }

  List<Path> publishedOf(Path pod) throws IOException {
    return list(pod.toAbsolutePath().normalize().resolve("volumes").resolve(OF_POD));
  }

  List<Path> allPublished() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path pod : list(data.resolve("pods"))) {
      all.addAll(publishedOf(pod));
    }
    return all;
  }

  List<Path> allStaged() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path driver : list(stages())) {
      all.addAll(list(driver));
    }
    return all;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }
}
