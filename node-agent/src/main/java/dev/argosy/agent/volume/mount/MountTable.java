package dev.argosy.agent.volume.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted, oldest first, as the kernel tells it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">mountinfo</a>
 */
public record MountTable(List<Entry> entries) {

  private static final Path KERNEL = Path.of("/proc/self/mountinfo");

  /**
   * One mount.
   *
   * @param device numbers of the file system's device
   * @param root the part of the file system that is mounted
   */
  public record Entry(String device, Path root, Path target, String type) {}

  public MountTable {
    entries = List.copyOf(entries);
  }

  /** As it is now. */
  public static MountTable read() throws IOException {
    return parse(new String(Files.readAllBytes(KERNEL), StandardCharsets.UTF_8).lines().toList());
  }

  static MountTable parse(List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      int separator = List.of(words).indexOf("-");
      if (words.length > 5 && separator > 0 && separator + 1 < words.length) {
        entry(words[2], words[3], words[4], words[separator + 1]).ifPresent(entries::add);
      }
    }
    return new MountTable(entries);
  }

  /** Others on the machine may have mounts whose names are no paths to this process. */
  private static Optional<Entry> entry(String device, String root, String target, String type) {
    try {
      return Optional.of(new Entry(device, Path.of(plain(root)), Path.of(plain(target)), type));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The kernel writes blanks and backslashes as three octal digits. */
  private static String plain(String word) {
    if (word.indexOf('\\') < 0) {
      return word;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < word.length()) {
      if (word.charAt(at) == '\\' && at + 3 < word.length()) {
        out.append((char) Integer.parseInt(word.substring(at + 1, at + 4), 8));
        at += 4;
      } else {
        out.append(word.charAt(at));
        at++;
      }
    }
    return out.toString();
  }

  /** What one sees at exactly this path; empty if nothing is mounted there. */
  public Optional<Entry> at(Path target) {
    Path wanted = target.toAbsolutePath().normalize();
    return entries.reversed().stream().filter(e -> e.target().equals(wanted)).findFirst();
  }

  /** What is mounted at or below a folder, newest first: the order to unmount it in. */
  public List<Entry> below(Path folder) {
    Path wanted = folder.toAbsolutePath().normalize();
    return entries.reversed().stream().filter(e -> e.target().startsWith(wanted)).toList();
  }

  /** The mount that a path lies in. */
  public Optional<Entry> around(Path path) {
    Path wanted = path.toAbsolutePath().normalize();
    Entry best = null;
    for (Entry entry : entries) {
      boolean around = wanted.startsWith(entry.target());
      if (around
          && (best == null || entry.target().getNameCount() >= best.target().getNameCount())) {
        best = entry;
      }
    }
    return Optional.ofNullable(best);
  }
}
