package dev.argosy.model.tunnel;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that carries many streams. Either side may open streams; the dialer's have odd
 * numbers. Ends when the peer closes the connection, breaks the protocol, or gives no sign of life;
 * then all of its streams fail with the reason.
 */
public final class TunnelSession implements AutoCloseable {

  /** Which side of the connection this is. */
  public enum Role {
    DIALER,
    LISTENER
  }

  private static final Logger LOG = LoggerFactory.getLogger(TunnelSession.class);

  /** Of the windows of all streams together. */
  private static final int GROWTH = 16 * 1024 * 1024;

  private static final int BUFFER = 64 * 1024;

  private final TunnelTransport transport;
  private final TunnelSettings settings;
  private final StreamAcceptor acceptor;
  private final Role role;
  private final FrameQueue outgoing = new FrameQueue();
  private final Map<Integer, TunnelStream> streams = new ConcurrentHashMap<>();
  private final AtomicInteger lastOwn;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicReference<@Nullable String> ending = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final WindowRoom room = new WindowRoom(GROWTH);
  private volatile boolean heard;

  private TunnelSession(
      TunnelTransport transport, Role role, TunnelSettings settings, StreamAcceptor acceptor) {
    this.transport = transport;
    this.role = role;
    this.settings = settings;
    this.acceptor = acceptor;
    this.lastOwn = new AtomicInteger(role == Role.DIALER ? -1 : 0);
  }

  /** Begins to use the connection; returns at once. */
  public static TunnelSession start(
      TunnelTransport transport, Role role, TunnelSettings settings, StreamAcceptor acceptor) {
    TunnelSession session = new TunnelSession(transport, role, settings, acceptor);
    Thread.ofVirtual().name("tunnel-read").start(session::readAll);
    Thread.ofVirtual().name("tunnel-write").start(session::writeAll);
    Thread.ofVirtual().name("tunnel-ping").start(session::keepAlive);
    return session;
  }

  /**
   * Opens a stream. The peer gets the header with it.
   *
   * @param header at most 64 KiB
   * @throws TunnelException when the session has ended
   */
  public TunnelStream open(byte[] header) throws IOException {
    if (header.length > Frame.MAX_PAYLOAD) {
      throw new TunnelException("a stream header of " + header.length + " bytes is too long");
    }
    TunnelStream stream = new TunnelStream(lastOwn.addAndGet(2), settings.window(), this);
    streams.put(stream.id(), stream);
    try {
      data(new Frame(FrameType.OPEN, stream.id(), header.clone()));
    } catch (TunnelException e) {
      streams.remove(stream.id());
      throw new TunnelException(reason());
    } catch (InterruptedException e) {
      streams.remove(stream.id());
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while opening a stream");
    }
    return stream;
  }

  public boolean isOpen() {
    return ended.getCount() > 0;
  }

  /** Waits until the session is over; returns why. */
  public String awaitEnd() throws InterruptedException {
    ended.await();
    return reason();
  }

  @Override
  public void close() {
    end("the tunnel was closed");
  }

  void control(Frame frame) {
    if (!outgoing.putControl(frame)) {
      end("the peer does not read");
    }
  }

  void data(Frame frame) throws TunnelException, InterruptedException {
    outgoing.putData(frame);
  }

  /** Sends a last word behind the data; says nothing if the session is over. */
  void afterData(Frame frame) {
    try {
      outgoing.putData(frame);
    } catch (TunnelException e) {
      LOG.trace("not sent: {}", frame.type());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  WindowRoom room() {
    return room;
  }

  void forget(int stream) {
    streams.remove(stream);
  }

  int openStreams() {
    return streams.size();
  }

  private String reason() {
    String reason = ending.get();
    return reason == null ? "the tunnel is closed" : reason;
  }

  private void end(String reason) {
    if (!ending.compareAndSet(null, reason)) {
      return;
    }
    outgoing.close();
    List.copyOf(streams.values()).forEach(stream -> stream.fail(reason));
    transport.close();
    ended.countDown();
  }

  private void readAll() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(transport.input(), BUFFER))) {
      while (isOpen()) {
        receive(Frame.readFrom(in));
        heard = true;
      }
    } catch (EOFException e) {
      end("the peer closed the tunnel");
    } catch (IOException | RuntimeException e) {
      end("the tunnel broke: " + e.getMessage());
    }
  }

  private void receive(Frame frame) throws IOException {
    switch (frame.type()) {
      case PING -> control(new Frame(FrameType.PONG, 0, frame.payload()));
      case PONG -> {}
      case OPEN -> accept(frame);
      case DATA, CREDIT, END, RESET -> {
        // a stream that is gone here may still have frames under way
        TunnelStream stream = streams.get(frame.stream());
        if (stream != null) {
          stream.receive(frame);
        }
      }
    }
  }

  private void accept(Frame open) throws IOException {
    boolean peers = (open.stream() & 1) == (role == Role.DIALER ? 0 : 1);
    if (!peers || streams.containsKey(open.stream())) {
      throw new TunnelException("stream " + open.stream() + " cannot be opened by the peer");
    }
    if (accepted.get() >= settings.maxStreams()) {
      control(Frame.reset(open.stream(), "too many streams are open"));
      return;
    }
    accepted.incrementAndGet();
    TunnelStream stream = new TunnelStream(open.stream(), settings.window(), this);
    streams.put(stream.id(), stream);
    Thread.ofVirtual()
        .name("tunnel-stream-" + stream.id())
        .start(() -> serve(open.payload(), stream));
  }

  private void serve(byte[] header, TunnelStream stream) {
    try {
      acceptor.accept(header, stream);
    } catch (IOException e) {
      stream.reset(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("a stream of the tunnel failed", e);
      stream.reset("internal error: " + e.getMessage());
    } finally {
      stream.close();
      accepted.decrementAndGet();
    }
  }

  private void writeAll() {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(transport.output(), BUFFER))) {
      List<Frame> frames = outgoing.take();
      while (!frames.isEmpty()) {
        for (Frame frame : frames) {
          frame.writeTo(out);
        }
        out.flush();
        frames = outgoing.take();
      }
    } catch (IOException e) {
      end("the tunnel broke: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end("the tunnel was interrupted");
    }
  }

  private void keepAlive() {
    try {
      long millis = settings.pingInterval().toMillis();
      int silent = 0;
      while (!ended.await(millis, TimeUnit.MILLISECONDS)) {
        silent = heard ? 0 : silent + 1;
        if (silent > settings.silentPings()) {
          end("no sign of life from the peer for " + silent * millis / 1000 + " s");
        }
        heard = false;
        control(new Frame(FrameType.PING, 0, new byte[0]));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
