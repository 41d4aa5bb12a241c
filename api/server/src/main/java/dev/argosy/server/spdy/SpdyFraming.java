package dev.argosy.server.spdy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames from bytes and bytes from frames. Reading and writing use a codec each, so that one thread
 * may read while others write.
 */
final class SpdyFraming {

  private static final int BUFFER = 16 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final EmbeddedChannel decoder = new EmbeddedChannel(codec());
  private final EmbeddedChannel encoder = new EmbeddedChannel(codec());
  private final ReentrantLock writing = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER];

  SpdyFraming(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  private static SpdyFrameCodec codec() {
    return new SpdyFrameCodec(SpdyVersion.SPDY_3_1);
  }

  /** The next frame; null at the end. The caller releases it. */
  @Nullable SpdyFrame read() throws IOException {
    try {
      SpdyFrame frame = decoder.readInbound();
      while (frame == null) {
        int count = in.read(buffer);
        if (count < 0) {
          return null;
        }
        decoder.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
        frame = decoder.readInbound();
      }
      return frame;
    } catch (RuntimeException e) {
      throw new IOException("this is no SPDY/3.1: " + e.getMessage(), e);
    }
  }

  /** Writes and flushes. The frame is released. */
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
