package dev.argosy.agent.runtime.log;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
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
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * An open file read by lines: one that grows at its end, or a compressed one. Stays what it is when
 * it is renamed or removed.
 */
final class LineFile implements AutoCloseable {

  private static final int PIECE = 32 * 1024;

  private final FileChannel channel;
  private final Object key;
  private final boolean packed;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private @Nullable ReadableByteChannel content;
  private byte @Nullable [] first;
  private long until = Long.MAX_VALUE;

  private LineFile(FileChannel channel, Object key, boolean packed) {
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

  /** Whether it has this name now. */
  boolean isAt(Path path) throws IOException {
    return key.equals(key(path));
  }

  /** Whether another file has this name now. */
  boolean replacedAt(Path path) throws IOException {
    Object now = key(path);
    return now != null && !now.equals(key);
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Whether they are the same file, be it that one of them was compressed: then their first lines
   * tell, which hold the nanosecond in which they were written.
   */
  boolean same(LineFile other) throws IOException {
    if (key.equals(other.key)) {
      return true;
    }
    byte[] line = packed || other.packed ? first() : null;
    return line != null && Arrays.equals(line, other.first());
  }

  /** The first line; null if there is none yet. */
  private byte @Nullable [] first() throws IOException {
    if (first == null) {
      next();
      rewind();
    }
    return first;
  }

  /** What is written from now on is not read any more. */
  void endHere() throws IOException {
    until = packed ? Long.MAX_VALUE : channel.size();
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
      if (!fill()) {
        return null;
      }
    }
  }

  private boolean fill() throws IOException {
    if (buffer.capacity() == 0) {
      buffer = ByteBuffer.allocate(PIECE);
    }
    buffer.clear();
    if (!packed) {
      buffer.limit((int) Math.min(PIECE, Math.max(0, until - channel.position())));
    }
    try {
      if (content().read(buffer) < 0 && !packed && channel.size() < channel.position()) {
        rewind(); // somebody has emptied it, as administrators do when a disk is full
        return fill();
      }
    } catch (EOFException | ZipException cutOff) {
      // the engine died while it compressed; what is there was read
    }
    buffer.flip();
    return buffer.hasRemaining();
  }

  private byte[] line(int from, int end) {
    byte[] line;
    if (begun.size() == 0) {
      line = Arrays.copyOfRange(buffer.array(), from, end);
    } else {
      begun.write(buffer.array(), from, end - from);
      line = begun.toByteArray();
      begun.reset();
    }
    if (first == null) {
      first = line;
    }
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
