package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.ChannelMessage;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelSession;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.model.tunnel.TunnelTransport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that dials in and plays simple parts: {@code cat} echoes, {@code exit N} fails, {@code
 * both} speaks on both outputs, {@code size N} waits for so many resizes, {@code early} fails with
 * 3 after the first input; ports echo in upper case, but 7 as it is, and 9 says how much came when
 * it has ended; nobody listens at 1.
 */
final class PlayedNode implements AutoCloseable {

  static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

  final BlockingQueue<StreamRequest> requests = new LinkedBlockingQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final TunnelSession session;

  PlayedNode(StreamFront front, String name) throws Exception {
    Socket socket = new Socket("127.0.0.1", front.port());
    String request =
        """
        GET /argosy/v1/tunnel HTTP/1.1\r
        Host: server\r
        Connection: Upgrade\r
        Upgrade: argosy-tunnel/1\r
        X-User: system:node:%s\r
        \r
        """;
    socket.getOutputStream().write(request.formatted(name).getBytes(UTF_8));
    String head = SpdyClient.readHead(socket.getInputStream());
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException(head);
    }
    session =
        TunnelSession.start(
            TunnelTransport.of(socket),
            TunnelSession.Role.DIALER,
            TunnelSettings.DEFAULT,
            this::serve);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!front.tunnels.connected().contains(name)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the tunnel did not come up");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    session.close();
  }

  /** How many streams are being served. */
  int openStreams() {
    return open.get();
  }

  private void serve(byte[] header, TunnelStream stream) throws IOException {
    open.incrementAndGet();
    try {
      play(header, stream);
    } finally {
      open.decrementAndGet();
    }
  }

  private void play(byte[] header, TunnelStream stream) throws IOException {
    StreamRequest request = StreamRequest.parse(header).orElseThrow();
    requests.add(request);
    if (request instanceof StreamRequest.OfPod of && of.pod().name().equals("gone")) {
      new StreamReply.Refused(Status.of(Reason.NOT_FOUND, "container not found (\"app\")"))
          .writeTo(stream);
      stream.output().close();
      return;
    }
    if (request instanceof StreamRequest.PortForward forward && forward.port() == 1) {
      new StreamReply.Refused(Status.of(Reason.SERVICE_UNAVAILABLE, "connection refused"))
          .writeTo(stream);
      stream.output().close();
      return;
    }
    new StreamReply.Accepted().writeTo(stream);
    switch (request) {
      case StreamRequest.Log log -> log(stream, log);
      case StreamRequest.Exec exec -> exec(stream, exec);
      case StreamRequest.Attach attach -> cat(stream);
      case StreamRequest.PortForward forward -> {
        switch (forward.port()) {
          case 7 -> stream.input().transferTo(stream.output());
          case 9 -> count(stream);
          default -> upper(stream);
        }
      }
      case StreamRequest.Proxy proxy -> upper(stream);
      case StreamRequest.Health health -> stream.output().write("ok".getBytes(UTF_8));
      case StreamRequest.Page page -> stream.output().write(page.path().getBytes(UTF_8));
      case StreamRequest.Checkpoint checkpoint ->
          stream.output().write("{\"items\":[]}".getBytes(UTF_8));
      case StreamRequest.Stats stats -> stream.output().write("{\"pods\":[]}".getBytes(UTF_8));
      case StreamRequest.Drivers drivers ->
          throw new AssertionError("nobody asks for drivers here: " + drivers);
    }
    stream.output().close();
  }

  private static void log(TunnelStream stream, StreamRequest.Log log) throws IOException {
    stream.output().write("one\ntwo\n".getBytes(UTF_8));
    if (log.query().follow()) {
      stream.input().read(); // until the reader leaves
    }
  }

  private static void exec(TunnelStream stream, StreamRequest.Exec exec) throws IOException {
    switch (exec.command().getFirst()) {
      case "cat" -> cat(stream);
      case "exit" -> say(stream, ChannelMessage.ERROR, failure(exec.command().get(1)));
      case "both" -> {
        say(stream, ChannelMessage.STDOUT, "out");
        say(stream, ChannelMessage.STDERR, "err");
        say(stream, ChannelMessage.ERROR, SUCCESS);
      }
      case "size" -> {
        int count = exec.command().size() == 1 ? 1 : Integer.parseInt(exec.command().get(1));
        StringBuilder sizes = new StringBuilder();
        for (int i = 0; i < count; i++) {
          sizes.append(new String(next(stream).orElseThrow().payload(), UTF_8));
        }
        say(stream, ChannelMessage.STDOUT, sizes.toString());
        say(stream, ChannelMessage.ERROR, SUCCESS);
      }
      case "early" -> {
        next(stream);
        say(stream, ChannelMessage.ERROR, failure("3"));
      }
      case "break" -> stream.reset("the engine broke");
      default -> throw new IOException("unknown part " + exec.command());
    }
  }

  private static void cat(TunnelStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream.input());
    Optional<ChannelMessage> message = ChannelMessage.readFrom(in);
    while (message.isPresent() && message.get().channel() != ChannelMessage.CLOSE) {
      if (message.get().channel() == ChannelMessage.STDIN) {
        new ChannelMessage(ChannelMessage.STDOUT, message.get().payload()).writeTo(stream.output());
      }
      message = ChannelMessage.readFrom(in);
    }
    say(stream, ChannelMessage.ERROR, SUCCESS);
  }

  private static void upper(TunnelStream stream) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = stream.input().read(buffer); n >= 0; n = stream.input().read(buffer)) {
      stream.output().write(new String(buffer, 0, n, UTF_8).toUpperCase().getBytes(UTF_8));
    }
  }

  private static void count(TunnelStream stream) throws IOException {
    int count = stream.input().readAllBytes().length;
    stream.output().write(Integer.toString(count).getBytes(UTF_8));
  }

  private static Optional<ChannelMessage> next(TunnelStream stream) throws IOException {
    return ChannelMessage.readFrom(new DataInputStream(stream.input()));
  }

  private static void say(TunnelStream stream, int channel, String text) throws IOException {
    new ChannelMessage(channel, text.getBytes(UTF_8)).writeTo(stream.output());
  }

  static String failure(String code) {
    return """
    {"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code",\
    "reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"%s"}]}}\
    """
        .formatted(code);
  }
}
