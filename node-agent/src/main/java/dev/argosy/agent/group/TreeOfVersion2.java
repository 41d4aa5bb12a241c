package dev.argosy.agent.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tree for all controllers, each of which must be let down from group to group.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
record TreeOfVersion2(Path root) implements GroupTree {

  private static final Logger LOG = LoggerFactory.getLogger(TreeOfVersion2.class);
  private static final List<String> CONTROLLERS =
      List.of("cpu", "cpuset", "memory", "pids", "io", "hugetlb");

  @Override
  public void make(String path) throws IOException {
    Path group = root;
    for (String name : path.split("/")) {
      letDown(group);
      group = group.resolve(name);
      Files.createDirectories(group);
    }
    letDown(group);
  }

  private static void letDown(Path group) throws IOException {
    Path offered = group.resolve("cgroup.controllers");
    Path given = group.resolve("cgroup.subtree_control");
    if (!Files.exists(offered) || !Files.exists(given)) {
      return;
    }
    List<String> there = List.of(Files.readString(offered).strip().split(" "));
    List<String> already = List.of(Files.readString(given).strip().split(" "));
    for (String controller : CONTROLLERS) {
      if (there.contains(controller) && !already.contains(controller)) {
        try {
          Files.writeString(given, "+" + controller);
        } catch (IOException e) {
          LOG.debug("{} is not let down from {}: {}", controller, group, e.toString());
        }
      }
    }
  }

  @Override
  public void give(String path, Share share) throws IOException {
    Path group = root.resolve(path);
    GroupFiles.write(group, "cpu.weight", Long.toString(share.weight()));
    GroupFiles.write(
        group, "cpu.max", (share.quota() == 0 ? "max" : Long.toString(share.quota())) + " 100000");
    GroupFiles.write(group, "memory.max", limit(share.memoryBytes()));
    GroupFiles.write(group, "pids.max", limit(share.processes()));
    for (Map.Entry<String, Long> page : share.hugePages().entrySet()) {
      GroupFiles.write(
          group,
          "hugetlb." + HugePages.kernelName(page.getKey()) + ".max",
          Long.toString(page.getValue()));
    }
  }

  private static String limit(long amount) {
    return amount == 0 ? "max" : Long.toString(amount);
  }

  @Override
  public void remove(String path) throws IOException {
    GroupFiles.remove(root.resolve(path));
  }
}
