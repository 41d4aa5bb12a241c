package dev.argosy.agent.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A tree for each controller.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/">Control Groups version 1</a>
 */
record TreeOfVersion1(Path root) implements GroupTree {

  private static final List<String> CONTROLLERS = List.of("cpu", "memory", "pids", "hugetlb");
  private static final String NONE = "-1";

  @Override
  public void make(String path) throws IOException {
    for (String controller : CONTROLLERS) {
      if (Files.isDirectory(root.resolve(controller))) {
        Files.createDirectories(group(controller, path));
      }
    }
  }

  private Path group(String controller, String path) {
    return root.resolve(controller).resolve(path);
  }

  @Override
  public void give(String path, Share share) throws IOException {
    Path cpu = group("cpu", path);
    GroupFiles.write(cpu, "cpu.shares", Long.toString(share.shares()));
    GroupFiles.write(cpu, "cpu.cfs_quota_us", limit(share.quota()));
    GroupFiles.write(
        group("pids", path), "pids.max", share.processes() == 0 ? "max" : limit(share.processes()));
    Path memory = group("memory", path);
    if (share.memoryBytes() > 0 || limited(memory)) {
      GroupFiles.write(memory, "memory.limit_in_bytes", limit(share.memoryBytes()));
    }
    for (Map.Entry<String, Long> page : share.hugePages().entrySet()) {
      GroupFiles.write(
          group("hugetlb", path),
          "hugetlb." + HugePages.kernelName(page.getKey()) + ".limit_in_bytes",
          Long.toString(page.getValue()));
    }
  }

  /** Unlimited, the kernel shows a number near the largest there is. */
  private static boolean limited(Path memory) throws IOException {
    Path file = memory.resolve("memory.limit_in_bytes");
    return Files.exists(file)
        && Long.parseLong(Files.readString(file).strip()) < Long.MAX_VALUE / 2;
  }

  private static String limit(long amount) {
    return amount == 0 ? NONE : Long.toString(amount);
  }

  @Override
  public void remove(String path) throws IOException {
    try (var controllers = Files.list(root)) {
      for (Path controller : controllers.filter(Files::isDirectory).toList()) {
        GroupFiles.remove(controller.resolve(path));
      }
    }
  }
}
