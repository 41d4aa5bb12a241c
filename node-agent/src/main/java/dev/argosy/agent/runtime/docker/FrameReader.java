package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.runtime.spi.LogReader.Chunk;
import dev.argosy.agent.runtime.spi.LogReader.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes Docker's stream of both outputs apart: each piece has a header of eight bytes, the first
 * telling the source, the last four the length. A terminal's stream has no headers.
 */
final class FrameReader {

  private static final int HEADER = 8;
  private static final int STDERR = 2;
  private static final int RAW = 32 * 1024;

  private final InputStream in;
  private final boolean raw;

  FrameReader(InputStream in, boolean raw) {
    this.in = in;
    this.raw = raw;
  }

  /** The next piece; null at the end. */
  @Nullable Chunk next() throws IOException {
    return raw ? nextRaw() : nextFrame();
  }

  private @Nullable Chunk nextRaw() throws IOException {
    byte[] buffer = new byte[RAW];
    int length = in.read(buffer);
    return length < 0 ? null : new Chunk(Source.STDOUT, Arrays.copyOf(buffer, length));
  }

  private @Nullable Chunk nextFrame() throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      return null;
    }
    byte[] payload = new byte[ByteBuffer.wrap(header, 4, 4).getInt()];
    if (in.readNBytes(payload, 0, payload.length) < payload.length) {
      return null;
    }
    return new Chunk(header[0] == STDERR ? Source.STDERR : Source.STDOUT, payload);
  }
}
