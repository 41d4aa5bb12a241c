package dev.argosy.server.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames from bytes and bytes from frames. Reading and writing use a codec each, so that one thread
 * may read while others write. Only control frames go through the codec, whose compression they
 * share; data frames are a header of eight bytes, and most of what is moved.
 */
final class SpdyFraming {

  /** What was read. */
  sealed interface Incoming {}

  /** Bytes of a stream; a long frame comes in pieces. */
  record Data(int stream, byte[] bytes, boolean last) implements Incoming {}

  /** Anything else; the reader releases it. */
  record Control(SpdyFrame frame) implements Incoming {}

  private static final int HEADER = 8;
  private static final int PIECE = 32 * 1024;
  private static final int MAX_CONTROL = 256 * 1024;
  private static final int LENGTH = 0xffffff;
  private static final int LAST = 1 << 24;

  private final DataInputStream in;
  private final OutputStream out;
  private final EmbeddedChannel decoder = new EmbeddedChannel(codec());
  private final EmbeddedChannel encoder = new EmbeddedChannel(codec());
  private final ReentrantLock writing = new ReentrantLock();

  /** Of the data frame that is being read; touched by the reader only. */
  private int stream;

  private int left;
  private boolean last;

  SpdyFraming(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, PIECE));
    this.out = out;
  }

  private static SpdyFrameCodec codec() {
    return new SpdyFrameCodec(SpdyVersion.SPDY_3_1);
  }

  /** The next frame, or the next piece of one; null at the end. */
  @Nullable Incoming read() throws IOException {
    try {
      return left > 0 ? piece() : next();
    } catch (EOFException e) {
      return null;
    } catch (RuntimeException e) {
      throw new IOException("this is no SPDY/3.1: " + e.getMessage(), e);
    }
  }

  private Incoming next() throws IOException {
    SpdyFrame frame = decoder.readInbound();
    while (frame == null) {
      int first = in.readInt();
      int second = in.readInt();
      if (first >= 0) {
        stream = first;
        left = second & LENGTH;
        last = (second & LAST) != 0;
        return piece();
      }
      control(first, second);
      frame = decoder.readInbound();
    }
    return new Control(frame);
  }

  private Data piece() throws IOException {
    byte[] bytes = new byte[Math.min(left, PIECE)];
    in.readFully(bytes);
    left -= bytes.length;
    return new Data(stream, bytes, last && left == 0);
  }

  private void control(int first, int second) throws IOException {
    int length = second & LENGTH;
    if (length > MAX_CONTROL) {
      throw new IOException("a control frame of " + length + " bytes");
    }
    byte[] frame = new byte[HEADER + length];
    ByteBuffer.wrap(frame).putInt(first).putInt(second);
    in.readFully(frame, HEADER, length);
    decoder.writeInbound(Unpooled.wrappedBuffer(frame));
  }

  /** Writes and flushes bytes of a stream, as one frame. */
  void writeData(int to, byte[] source, int offset, int count, boolean end) throws IOException {
    byte[] frame = new byte[HEADER + count];
    ByteBuffer.wrap(frame).putInt(to).putInt((end ? LAST : 0) | count).put(source, offset, count);
    writing.lock();
    try {
      out.write(frame);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Writes and flushes a control frame. The frame is released. */
  void write(SpdyFrame frame) throws IOException {
    writing.lock();
    try {
      encoder.writeOutbound(frame);
      ByteBuf bytes = encoder.readOutbound();
      while (bytes != null) {
        try {
          bytes.readBytes(out, bytes.readableBytes());
        } finally {
          bytes.release();
        }
        bytes = encoder.readOutbound();
      }
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Frees what the compression holds. */
  void close() {
    decoder.finishAndReleaseAll();
    writing.lock();
    try {
      encoder.finishAndReleaseAll();
    } finally {
      writing.unlock();
    }
  }
}
