package dev.argosy.agent.use;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the kernel tells what is used.
 *
 * @param proc {@code /proc}
 * @param groups {@code /sys/fs/cgroup}
 */
public record KernelFiles(Path proc, Path groups) {

  /** Those of this machine. */
  public static final KernelFiles MACHINE =
      new KernelFiles(Path.of("/proc"), Path.of("/sys/fs/cgroup"));

  /** A file of a process. */
  public Path ofProcess(int pid, String name) {
    return proc.resolve(Integer.toString(pid)).resolve(name);
  }

  /** The lines of a file; empty if it is gone, as the process may be at any time. */
  public static Optional<List<String>> lines(Path file) {
    try {
      return Optional.of(Files.readAllLines(file));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The number that a file is; empty if there is none. */
  public static OptionalLong number(Path file) {
    return lines(file)
        .filter(lines -> !lines.isEmpty())
        .map(lines -> parse(lines.getFirst()))
        .orElse(OptionalLong.empty());
  }

  /** The number behind a word at the beginning of a line, such as {@code usage_usec 12}. */
  static OptionalLong member(Path file, String word) {
    for (String line : lines(file).orElse(List.of())) {
      String[] parts = line.strip().split("\\s+");
      if (parts.length > 1 && parts[0].equals(word)) {
        return parse(parts[1]);
      }
    }
    return OptionalLong.empty();
  }

  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** The name of a process's network namespace; empty if it is gone. */
  public Optional<String> network(String process) {
    try {
      Path link = proc.resolve(process).resolve("ns").resolve("net");
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
