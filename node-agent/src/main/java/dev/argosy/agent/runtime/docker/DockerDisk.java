package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.argosy.agent.disk.FolderSizes;
import dev.argosy.agent.disk.FolderSizes.Size;
import dev.argosy.agent.disk.WritableLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where Docker keeps what running containers write. */
final class DockerDisk {

  private static final Path PROC = Path.of("/proc");

  private DockerDisk() {}

  /** The writable layer, if the storage driver has one apart, and the folder of the logs. */
  static List<Path> folders(InspectContainerResponse container) {
    List<Path> folders = new ArrayList<>();
    Long pid = container.getState().getPidLong();
    if (pid != null && pid > 0) {
      WritableLayer.of(PROC, Math.toIntExact(pid)).ifPresent(folders::add);
    }
    String log = container.getLogPath();
    Path folder = log == null || log.isEmpty() ? null : Path.of(log).getParent();
    if (folder != null) {
      folders.add(folder);
    }
    return folders;
  }

  static Map<String, Size> use(Map<String, List<Path>> folders) {
    Map<Path, Size> sizes =
        FolderSizes.of(folders.values().stream().flatMap(List::stream).toList());
    Map<String, Size> use = new HashMap<>();
    folders.forEach((id, paths) -> {
      List<Size> known = paths.stream().filter(sizes::containsKey).map(p -> sizes.get(p)).toList();
      if (!known.isEmpty()) {
        use.put(id, known.stream().reduce(Size.NOTHING, Size::plus));
      }
    });
    return use;
  }
}
