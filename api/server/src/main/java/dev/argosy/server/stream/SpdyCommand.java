package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.tunnel.ChannelMessage;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.spdy.SpdyConnection;
import dev.argosy.server.spdy.SpdyStream;
import dev.argosy.server.upgrade.UpgradedConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A command whose client speaks SPDY/3.1: it opens a stream for each channel, named by the header
 * {@code streamType}, and the command begins when all are there.
 */
final class SpdyCommand {

  /** What {@code X-Stream-Protocol-Version} may be; the outcome is JSON in the first only. */
  static final List<String> VERSIONS =
      List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");

  private static final int STREAMS_SECONDS = 30;

  private final UpgradedConnection connection;
  private final String version;
  private final TunnelStream tunnel;
  private final NodeCommand node;
  private final Set<String> expected;
  private final Map<String, SpdyStream> streams = new ConcurrentHashMap<>();
  private final CountDownLatch complete;

  SpdyCommand(UpgradedConnection connection, String version, StdStreams wanted, NodeCommand node) {
    this.connection = connection;
    this.version = version;
    this.tunnel = node.tunnel();
    this.node = node;
    this.expected = expected(wanted, version);
    this.complete = new CountDownLatch(expected.size());
  }

  private static Set<String> expected(StdStreams wanted, String version) {
    Set<String> names = new HashSet<>(Set.of("error"));
    boolean resizes = VERSIONS.indexOf(version) <= 1;
    add(names, "stdin", wanted.stdin());
    add(names, "stdout", wanted.stdout());
    add(names, "stderr", wanted.stderr());
    add(names, "resize", wanted.tty() && resizes);
    return names;
  }

  private static void add(Set<String> names, String name, boolean present) {
    if (present) {
      names.add(name);
    }
  }

  void run() throws IOException {
    SpdyConnection client =
        new SpdyConnection(connection.input(), connection.output(), this::opened);
    try (tunnel;
        Heartbeat heartbeat = Heartbeat.start(client::ping)) {
      Thread.ofVirtual().name("exec-spdy").start(this::serve);
      client.run();
    } finally {
      node.over();
    }
  }

  private void opened(SpdyStream stream) {
    try {
      String type = stream.header("streamtype");
      if (expected.contains(type) && streams.putIfAbsent(type, stream) == null) {
        stream.reply();
        complete.countDown();
      } else {
        stream.reset();
      }
    } catch (IOException e) {
      connection.close();
    }
  }

  private void serve() {
    try {
      if (!complete.await(STREAMS_SECONDS, TimeUnit.SECONDS)) {
        connection.close();
        return;
      }
      forward(streams.get("stdin"), ChannelMessage.STDIN);
      forward(streams.get("resize"), ChannelMessage.RESIZE);
      finish(node.pump(this::send));
    } catch (IOException e) {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.close();
    }
  }

  private void send(int channel, byte[] payload) throws IOException {
    SpdyStream stream =
        switch (channel) {
          case ChannelMessage.STDOUT -> streams.get("stdout");
          case ChannelMessage.STDERR -> streams.get("stderr");
          default -> null;
        };
    if (stream != null) {
      stream.output().write(payload);
    }
  }

  private void finish(byte[] outcome) throws IOException {
    end(streams.get("stdout"));
    end(streams.get("stderr"));
    SpdyStream error = streams.get("error");
    if (error != null) {
      boolean json = version.equals(VERSIONS.getFirst());
      error.output().write(json ? outcome : NodeCommand.textOf(outcome).getBytes(UTF_8));
    }
    end(error);
    end(streams.get("stdin"));
    end(streams.get("resize"));
    connection.close();
  }

  private static void end(@Nullable SpdyStream stream) throws IOException {
    if (stream != null) {
      stream.output().close();
    }
  }

  private void forward(@Nullable SpdyStream stream, int channel) {
    if (stream != null) {
      Thread.ofVirtual().name("exec-input").start(() -> copy(stream, channel));
    }
  }

  private void copy(SpdyStream stream, int channel) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int n = stream.input().read(buffer); n >= 0; n = stream.input().read(buffer)) {
        node.send(channel, Arrays.copyOf(buffer, n));
      }
      node.end(channel);
    } catch (IOException e) {
      discard(stream);
    }
  }

  /** The command does not listen any more; what still comes must not block the connection. */
  private static void discard(SpdyStream stream) {
    try {
      stream.input().close();
    } catch (IOException e) {
      // nothing is held by it
    }
  }
}
