package dev.argosy.agent.runtime.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of one log: {@code NAME}, to which the runtime writes, and those that were rotated,
 * {@code NAME.N}, some of them compressed to {@code NAME.N.gz}.
 *
 * @param present the one that is written to; need not be there
 */
public record LogFiles(Path present, Numbers numbers) {

  private static final String PACKED = ".gz";

  /** What the number of a rotated file says. */
  public enum Numbers {
    /** A file keeps its number; the newest has the highest. */
    STAY,

    /** The newest is 1, and each rotation moves the others up, the highest first. */
    MOVE
  }

  /** Where they lie. */
  public Path folder() {
    return Objects.requireNonNull(present.getParent());
  }

  private String name() {
    return String.valueOf(present.getFileName());
  }

  /** Where a rotated file is until it is compressed. */
  public Path rotated(int number) {
    return folder().resolve(name() + "." + number);
  }

  /** Where it is afterwards; while it is being compressed, it may be there in part. */
  public Path packed(int number) {
    return folder().resolve(name() + "." + number + PACKED);
  }

  static boolean isPacked(Path file) {
    return file.toString().endsWith(PACKED);
  }

  /** Whether a file of the folder is one of the log's. */
  boolean has(Path file) {
    return String.valueOf(file.getFileName()).startsWith(name());
  }

  /** The numbers of all that were rotated; none if there is no such folder. */
  public TreeSet<Integer> all() throws IOException {
    TreeSet<Integer> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        int number = number(String.valueOf(file.getFileName()));
        if (number > 0) {
          found.add(number);
        }
      }
      return found;
    } catch (NoSuchFileException | NotDirectoryException none) {
      return found;
    }
  }

  private int number(String file) {
    String before = name() + ".";
    if (!file.startsWith(before)) {
      return 0;
    }
    int end = file.endsWith(PACKED) ? file.length() - PACKED.length() : file.length();
    String number = file.substring(before.length(), Math.max(before.length(), end));
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
  }
}
