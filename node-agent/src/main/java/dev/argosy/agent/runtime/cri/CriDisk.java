package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.disk.FolderSizes;
import dev.argosy.agent.disk.FolderSizes.Size;
import dev.argosy.agent.disk.WritableLayer;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where running containers keep what they write: their layer, as the kernel tells, and logs. */
final class CriDisk {

  private static final Path PROC = Path.of("/proc");

  private CriDisk() {}

  static Map<String, Size> use(CriObservation observation, Path logs, List<String> ids)
      throws RuntimeFailure {
    Map<String, List<Path>> folders = new HashMap<>();
    for (Container container : observation.containers(Map.of())) {
      if (ids.contains(container.id())) {
        folders.put(container.id(), folders(container, logs));
      }
    }
    Map<Path, Size> sizes =
        FolderSizes.of(folders.values().stream().flatMap(List::stream).toList());
    Map<String, Size> use = new HashMap<>();
    folders.forEach((id, paths) ->
        paths.stream()
            .filter(sizes::containsKey)
            .map(path -> sizes.getOrDefault(path, Size.NOTHING))
            .reduce(Size::plus)
            .ifPresent(sum -> use.put(id, sum)));
    return use;
  }

  private static List<Path> folders(Container container, Path logs) {
    List<Path> folders = new ArrayList<>();
    if (container.state() instanceof Container.Running running && running.pid() > 0) {
      WritableLayer.of(PROC, running.pid()).ifPresent(folders::add);
    }
    Path log = logs.resolve(container.name());
    if (Files.isDirectory(log)) {
      folders.add(log);
    }
    return folders;
  }
}
