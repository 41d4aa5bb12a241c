package dev.argosy.e2e.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of outcomes: part, operation, client, version, and {@code passed} or {@code failed}. */
public final class Outcomes {

  private static final Path FILE = Path.of(System.getProperty("e2e.outcomes", ""));

  /** What is to be tried; it may fail in any way. */
  @FunctionalInterface
  public interface Attempt {
    void run() throws Exception;
  }

  private Outcomes() {}

  /** Runs an operation, and notes how it went before a failure goes on. */
  public static void note(
      String part, String operation, String client, String version, Attempt attempt)
      throws Exception {
    String cell = new Cell(part, operation, client, version).line();
    try {
      attempt.run();
    } catch (Throwable failure) {
      append(cell + "\tfailed\n");
      throw failure;
    }
    append(cell + "\tpassed\n");
  }

  private static synchronized void append(String line) {
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
