package dev.argosy.agent.runtime.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * Writes and rotates a log as Docker's driver does: a file that is long enough is closed before the
 * next line, all numbers move up from the highest on, and it is compressed, under its new name,
 * while the next one is written; the next rotation waits for that.
 */
final class PlayedDriver {

  private final Path file;
  private final int capacity;
  private final int files;

  private OutputStream open;
  private int size;
  private int said;
  private Thread packing = Thread.ofVirtual().start(() -> {});

  PlayedDriver(Path file, int capacity, int files) throws IOException {
    this.file = file;
    this.capacity = capacity;
    this.files = files;
    this.open = begin();
  }

  private OutputStream begin() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** One line, and what the container wrote in it. */
  void write(String stream, String content) throws IOException {
    line(
        "{\"log\":\"%s\",\"stream\":\"%s\",\"time\":\"2026-01-02T03:04:%02d.%09dZ\"}"
            .formatted(content, stream, said / 1_000_000_000, said++));
  }

  void say(String text) throws IOException {
    write("stdout", text + "\\n");
  }

  /** Anything. */
  void line(String line) throws IOException {
    if (size >= capacity) {
      rotate();
    }
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    open.write(bytes);
    size += bytes.length;
  }

  void rotate() throws IOException {
    awaitPacked();
    moveUp();
    goOn();
    packing = Thread.ofVirtual().start(this::pack);
  }

  void awaitPacked() {
    try {
      packing.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What comes first in a rotation: there is no present file afterwards. */
  void moveUp() throws IOException {
    open.close();
    Files.deleteIfExists(numbered(files - 1, ".gz"));
    for (int i = files - 1; i > 1; i--) {
      if (Files.exists(numbered(i - 1, ".gz"))) {
        Files.move(numbered(i - 1, ".gz"), numbered(i, ".gz"));
      }
    }
    Files.move(file, numbered(1, ""), StandardCopyOption.REPLACE_EXISTING);
  }

  void goOn() throws IOException {
    open = begin();
    size = 0;
  }

  private void pack() {
    try (InputStream in = Files.newInputStream(numbered(1, ""));
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(numbered(1, ".gz")), 64)) {
      in.transferTo(out);
      out.close();
      Files.delete(numbered(1, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path numbered(int number, String end) {
    return file.resolveSibling(file.getFileName() + "." + number + end);
  }
}
