package dev.argosy.agent.runtime.cri.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An open file read by lines: one that grows at its end, or a compressed one. Stays what it is when
 * it is renamed or removed.
 */
final class LineFile implements AutoCloseable {

  private static final int PIECE = 32 * 1024;

  private final FileChannel channel;
  private final @Nullable Object key;
  private final boolean packed;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE).limit(0);
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private @Nullable ReadableByteChannel content;

  private LineFile(FileChannel channel, @Nullable Object key, boolean packed) {
    this.channel = channel;
    this.key = key;
    this.packed = packed;
  }

  /** Opens what has this name now; empty if nothing has. */
  static Optional<LineFile> open(Path path) throws IOException {
    while (true) {
      Object before = key(path);
      if (before == null) {
        return Optional.empty();
      }
      try {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        if (before.equals(key(path))) {
          return Optional.of(new LineFile(channel, before, LogFiles.isPacked(path)));
        }
        channel.close(); // it was rotated meanwhile
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  /** Whether another file has this name now. */
  boolean replacedAt(Path path) throws IOException {
    Object now = key(path);
    return now != null && !now.equals(key);
  }

  boolean same(LineFile other) {
    return Objects.equals(key, other.key);
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The next line without its end; null if there is no whole one yet. */
  byte @Nullable [] next() throws IOException {
    while (true) {
      int from = buffer.position();
      int end = lineEnd(from);
      if (end < buffer.limit()) {
        buffer.position(end + 1);
        return line(from, end);
      }
      begun.write(buffer.array(), from, end - from);
      buffer.clear();
      int read = content().read(buffer);
      buffer.flip();
      if (read <= 0) {
        return null;
      }
    }
  }

  private byte[] line(int from, int end) {
    if (begun.size() == 0) {
      return Arrays.copyOfRange(buffer.array(), from, end);
    }
    begun.write(buffer.array(), from, end - from);
    byte[] line = begun.toByteArray();
    begun.reset();
    return line;
  }

  private ReadableByteChannel content() throws IOException {
    ReadableByteChannel present = content;
    if (present == null) {
      present =
          packed
              ? Channels.newChannel(new GZIPInputStream(Channels.newInputStream(channel), PIECE))
              : channel;
      content = present;
    }
    return present;
  }

  /** Where the next line feed is, or the buffer's end. */
  private int lineEnd(int from) {
    byte[] bytes = buffer.array();
    int at = from;
    while (at < buffer.limit() && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Goes back to the first line. */
  void rewind() throws IOException {
    channel.position(0);
    content = null;
    buffer.limit(0);
    begun.reset();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
