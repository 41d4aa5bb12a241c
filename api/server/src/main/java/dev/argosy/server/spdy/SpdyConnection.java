package dev.argosy.server.spdy;

import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's side of a SPDY/3.1 connection on which the client opens streams. */
public final class SpdyConnection {

  private static final int MAX_STREAMS = 1024;

  private final SpdyFraming framing;
  private final Consumer<SpdyStream> opened;
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
  private final AtomicInteger lastPing = new AtomicInteger();

  /**
   * @param opened told of each new stream, on the thread that runs the connection; must not block
   */
  public SpdyConnection(InputStream in, OutputStream out, Consumer<SpdyStream> opened) {
    this.framing = new SpdyFraming(in, out);
    this.opened = opened;
  }

  /** Reads until the client goes away; then all streams are at their end. */
  public void run() throws IOException {
    try {
      boolean more = true;
      while (more) {
        more = receiveNext();
      }
    } finally {
      List.copyOf(streams.values()).forEach(SpdyStream::abandon);
      framing.close();
    }
  }

  /** Shows the client, and everything between, that the connection is alive. */
  public void ping() throws IOException {
    framing.write(new DefaultSpdyPingFrame(lastPing.addAndGet(2)));
  }

  /** Forgets a stream that both sides are done with. */
  public void forget(SpdyStream stream) {
    streams.remove(stream.id());
  }

  private boolean receiveNext() throws IOException {
    return switch (framing.read()) {
      case null -> false;
      case SpdyFraming.Data(int id, byte[] bytes, boolean last) -> {
        receive(streams.get(id), bytes, last);
        yield true;
      }
      case SpdyFraming.Control(SpdyFrame frame) -> {
        try {
          receive(frame);
          yield !(frame instanceof SpdyGoAwayFrame);
        } finally {
          ReferenceCountUtil.release(frame);
        }
      }
    };
  }

  /** Settings, window updates and further headers mean nothing to this kind of client. */
  private void receive(SpdyFrame frame) throws IOException {
    switch (frame) {
      case SpdySynStreamFrame open -> open(open);
      case SpdyRstStreamFrame reset -> abandon(streams.remove(reset.streamId()));
      case SpdyPingFrame ping -> answer(ping);
      default -> {}
    }
  }

  private void open(SpdySynStreamFrame frame) throws IOException {
    if (frame.isInvalid() || frame.isTruncated() || streams.size() >= MAX_STREAMS) {
      framing.write(
          new DefaultSpdyRstStreamFrame(frame.streamId(), SpdyStreamStatus.REFUSED_STREAM));
      return;
    }
    Map<String, String> headers = new HashMap<>();
    frame.headers().forEach(e -> headers.put(e.getKey().toString(), e.getValue().toString()));
    SpdyStream stream = new SpdyStream(frame.streamId(), headers, framing);
    streams.put(stream.id(), stream);
    opened.accept(stream);
    if (frame.isLast()) {
      stream.receive(new byte[0], true);
    }
  }

  private void receive(@Nullable SpdyStream stream, byte[] data, boolean last) throws IOException {
    if (stream != null) {
      stream.receive(data, last);
    }
  }

  private static void abandon(@Nullable SpdyStream stream) {
    if (stream != null) {
      stream.abandon();
    }
  }

  /** Odd numbers are the client's own pings; even ones answer ours. */
  private void answer(SpdyPingFrame ping) throws IOException {
    if ((ping.id() & 1) == 1) {
      framing.write(new DefaultSpdyPingFrame(ping.id()));
    }
  }
}
