package dev.argosy.server.spdy;

import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream that the client opened. */
public final class SpdyStream {

  private static final int MAX_DATA = 32 * 1024;
  private static final byte[] NOTHING = {};

  private final int id;
  private final Map<String, String> headers;
  private final SpdyFraming framing;
  private final ChunkQueue received = new ChunkQueue();
  private final AtomicBoolean outputEnded = new AtomicBoolean();
  private final OutputStream output = new Output();

  SpdyStream(int id, Map<String, String> headers, SpdyFraming framing) {
    this.id = id;
    this.headers = Map.copyOf(headers);
    this.framing = framing;
  }

  public int id() {
    return id;
  }

  /**
   * A header of the stream; empty if it has none of that name.
   *
   * @param name in lower case
   */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * Accepts the stream; the client waits for this. Netty writes no header block at all for no
   * headers, which moby/spdystream cannot read, so there is one.
   */
  public void reply() throws IOException {
    DefaultSpdySynReplyFrame frame = new DefaultSpdySynReplyFrame(id);
    frame.headers().add("server", "argosy");
    framing.write(frame);
  }

  /** What the client writes. Must be read, or the whole connection waits. */
  public InputStream input() {
    return received;
  }

  /** Every write goes out at once; closing it is the end of file. */
  public OutputStream output() {
    return output;
  }

  /** Tells the client that the stream is given up. */
  public void reset() throws IOException {
    received.discard();
    if (!outputEnded.getAndSet(true)) {
      framing.write(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL));
    }
  }

  void receive(byte[] data, boolean last) throws IOException {
    received.put(data);
    if (last) {
      received.end();
    }
  }

  /** The client, or the connection, is gone. */
  void abandon() {
    outputEnded.set(true);
    received.end();
  }

  private final class Output extends OutputStream {

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, source.length);
      for (int from = offset; from < offset + length; from += MAX_DATA) {
        if (outputEnded.get()) {
          throw new IOException("the stream is closed");
        }
        int count = Math.min(MAX_DATA, offset + length - from);
        framing.writeData(id, source, from, count, false);
      }
    }

    @Override
    public void close() throws IOException {
      if (!outputEnded.getAndSet(true)) {
        framing.writeData(id, NOTHING, 0, 0, true);
      }
    }
  }
}
