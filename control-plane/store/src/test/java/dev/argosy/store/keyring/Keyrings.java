package dev.argosy.store.keyring;

import dev.argosy.model.metric.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** Keyring files for tests. */
public final class Keyrings {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Keyrings() {}

  /** A new file in a folder, with one key. */
  public static Path file(Path folder) {
    try {
      Path file = folder.resolve("keyring-" + RANDOM.nextLong());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, "# keys\n\n");
      add(file, "first");
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys of a file. */
  public static Keyring open(Path file) {
    return Keyring.of(file, Clock.systemUTC(), Metrics.none());
  }

  /** Adds a key at the end; answers its line. */
  public static String add(Path file, String name) {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    String line = name + " " + Base64.getEncoder().encodeToString(key) + "\n";
    append(file, line);
    return line;
  }

  public static void append(Path file, String line) {
    try {
      Files.writeString(file, line, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
