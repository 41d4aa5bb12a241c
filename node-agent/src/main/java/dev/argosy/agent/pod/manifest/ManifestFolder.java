package dev.argosy.agent.pod.manifest;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder with the files of static pods. Every file counts but hidden ones, whatever its name
 * ends in.
 */
public record ManifestFolder(Path path, String node) {

  private static final long LARGEST = 1 << 20;

  /**
   * What the files say now.
   *
   * @param troubles by file: why it holds no pod that can be run
   */
  public record Scan(List<PodView> pods, Map<Path, String> troubles) {
    public Scan {
      pods = List.copyOf(pods);
      troubles = Map.copyOf(troubles);
    }
  }

  /** Reads all; a folder that is not there is empty. */
  public Scan scan() {
    List<PodView> pods = new ArrayList<>();
    Map<Path, String> troubles = new LinkedHashMap<>();
    Set<ObjectKey> keys = new HashSet<>();
    for (Path file : files(troubles)) {
      try {
        if (Files.size(file) > LARGEST) {
          throw new ManifestFailure("it is larger than a pod can be");
        }
        String name = String.valueOf(file.getFileName());
        PodView pod = Manifest.pod(name, Files.readAllBytes(file), node);
        if (!keys.add(pod.key())) {
          throw new ManifestFailure("another file has a pod of that name, too");
        }
        pods.add(pod);
      } catch (ManifestFailure e) {
        troubles.put(file, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        troubles.put(file, e.toString());
      } catch (RuntimeException e) {
        troubles.put(file, "a field has a form that it cannot have: " + e.getMessage());
      }
    }
    return new Scan(pods, troubles);
  }

  private List<Path> files(Map<Path, String> troubles) {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(f -> !String.valueOf(f.getFileName()).startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      troubles.put(path, e.toString());
      return List.of();
    }
  }
}
