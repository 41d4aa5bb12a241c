package dev.argosy.agent.use;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the kernel keeps the figures of a process's control group. On a machine of version 1 each
 * controller has its own tree, on one of version 2 there is a single one; on one with both, each
 * figure is where its controller is.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
public record GroupFolders(KernelFiles kernel) {

  /**
   * A folder of figures.
   *
   * @param own whether it is the controller's own, of version 1
   */
  public record Folder(Path path, boolean own) {}

  /** Of one controller; empty if the process is gone, or in no group but the top. */
  public Optional<Folder> of(int pid, String controller) {
    List<String> groups =
        KernelFiles.lines(kernel.ofProcess(pid, "cgroup")).orElse(List.<String>of());
    return own(groups, controller)
        .map(path -> new Folder(path, true))
        .or(() -> unified(groups).map(path -> new Folder(path, false)));
  }

  /**
   * The group in a version 1 controller's own tree. What is in the root has no group of its own.
   */
  private Optional<Path> own(List<String> groups, String controller) {
    for (String line : groups) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && !parts[2].equals("/")
          && List.of(parts[1].split(",")).contains(controller)) {
        return Optional.of(kernel.groups().resolve(controller).resolve(parts[2].substring(1)))
            .filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }

  private Optional<Path> unified(List<String> groups) {
    for (String line : groups) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[0].equals("0") && !parts[2].equals("/")) {
        Path group = kernel.groups().resolve(parts[2].substring(1));
        Path mixed = kernel.groups().resolve("unified").resolve(parts[2].substring(1));
        return Optional.of(Files.isDirectory(group) ? group : mixed).filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }
}
