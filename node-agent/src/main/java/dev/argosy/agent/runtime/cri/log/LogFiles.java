package dev.argosy.agent.runtime.cri.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one container's log: {@code 0.log}, to which the runtime writes, and those that were
 * rotated, {@code 0.log.N}, of which all but the newest are compressed to {@code 0.log.N.gz}.
 */
record LogFiles(Path folder) {

  private static final String FILE = "0.log";
  private static final Pattern ROTATED = Pattern.compile("0\\.log\\.([0-9]{1,9})(\\.gz)?");
  private static final String PACKED = ".gz";

  Path present() {
    return folder.resolve(FILE);
  }

  Path rotated(int number) {
    return folder.resolve(FILE + "." + number);
  }

  Path packed(int number) {
    return folder.resolve(FILE + "." + number + PACKED);
  }

  static boolean isPacked(Path file) {
    return file.toString().endsWith(PACKED);
  }

  /** By number, oldest first. Of one that is there twice, after a crash, the compressed one. */
  TreeMap<Integer, Path> rotated() throws IOException {
    TreeMap<Integer, Path> found = new TreeMap<>();
    for (Map.Entry<Path, Integer> one : numbered().entrySet()) {
      found.merge(one.getValue(), one.getKey(), (a, b) -> isPacked(a) ? a : b);
    }
    return found;
  }

  /** All rotated files with their numbers. */
  private Map<Path, Integer> numbered() throws IOException {
    Map<Path, Integer> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = ROTATED.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          found.put(file, Integer.parseInt(name.group(1)));
        }
      }
      return found;
    } catch (NoSuchFileException | NotDirectoryException none) {
      return Map.of();
    }
  }
}
