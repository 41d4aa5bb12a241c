package dev.argosy.bench.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What pods of one node can leave behind on a machine, by kind. What others have on the machine,
 * agents among them, is told apart by what the node's things are called and where its files lie.
 */
final class HostState {

  private static final Pattern LINK = Pattern.compile("\\bag[0-9a-f]{12}\\b");
  private static final Pattern ROUTE = Pattern.compile("\\b10\\.244\\.");
  private static final Pattern TABLE = Pattern.compile("\\bargosy");

  private HostState() {}

  /**
   * As it is now.
   *
   * @param data the agent's data folder
   * @param engine where a real engine listens; empty for none
   * @param uids of the node's pods, also of those that are gone
   */
  static Map<String, Set<String>> read(Path data, String engine, Set<String> uids)
      throws IOException, InterruptedException {
    Map<String, Set<String>> all = new TreeMap<>();
    Set<String> mounts = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      if (line.contains(data.toString())) { // as what is mounted, or where
        mounts.add(line.split(" ")[4]);
      }
    }
    all.put("mounts", mounts);
    all.put("links", of(LINK, lines("ip", "-o", "link", "show", "type", "veth")));
    all.put("routes", of(ROUTE, lines("ip", "route")));
    all.put("rules", rules());
    all.put(
        "loop devices",
        of(
            Pattern.compile(Pattern.quote(data.toString())),
            lines("losetup", "-n", "-O", "NAME,BACK-FILE", "-a")));
    Set<String> groups = below(Path.of("/sys/fs/cgroup"), "kubepods");
    groups.removeIf(group -> uids.stream().noneMatch(group.replace('_', '-')::contains));
    all.put("control groups", groups);
    all.put("state", below(data, ""));
    if (!engine.isEmpty()) {
      String own = "label=argosy.dev/agent=" + AgentPlatform.NODE;
      all.put("containers", lines("docker", "-H", engine, "ps", "-aq", "--filter", own));
    }
    return all;
  }

  private static Set<String> of(Pattern ours, Set<String> lines) {
    lines.removeIf(line -> !ours.matcher(line).find());
    return lines;
  }

  private static Set<String> rules() throws InterruptedException {
    Set<String> all = new TreeSet<>();
    for (String table : of(TABLE, lines("nft", "list", "tables"))) {
      all.addAll(lines(("nft list " + table).split(" ")));
    }
    return all;
  }

  /** What is there now and was not, or is not any more, by kind. */
  static Map<String, Set<String>> difference(
      Map<String, Set<String>> before, Map<String, Set<String>> after) {
    Map<String, Set<String>> all = new TreeMap<>();
    after.forEach((kind, now) -> {
      Set<String> other = new TreeSet<>(now);
      other.removeAll(before.getOrDefault(kind, Set.of()));
      before.getOrDefault(kind, Set.of()).stream()
          .filter(one -> !now.contains(one))
          .forEach(one -> other.add("- " + one));
      if (!other.isEmpty()) {
        all.put(kind, other);
      }
    });
    return all;
  }

  /** Others may make and remove things there meanwhile. */
  private static Set<String> below(Path root, String part) throws IOException {
    Set<String> all = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.toString().contains(part)) {
              all.add(folder.toString());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (part.isEmpty()) {
              all.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException why) {
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }

  /** A program that is not there says nothing. */
  private static Set<String> lines(String... command) throws InterruptedException {
    try {
      ProcessBuilder start = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
      start.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
      Process process = start.start();
      Set<String> all = new TreeSet<>();
      // counters and numbers of links differ from look to look
      new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceAll("(packets|bytes) [0-9]+", "$1").replaceAll("^[0-9]+: ", ""))
          .forEach(all::add);
      process.waitFor(10, TimeUnit.SECONDS);
      return all;
    } catch (IOException e) {
      return Set.of();
    }
  }
}
