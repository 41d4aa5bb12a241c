package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.spdy.SpdyConnection;
import dev.argosy.server.spdy.SpdyStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Port forwarding over SPDY/3.1: for each connection the client opens an error and a data stream
 * with the same {@code requestID} and {@code port}.
 */
final class SpdyPortForward {

  private final SpdyConnection client;
  private final PodPorts ports;

  /** Streams whose partner has not come yet; touched by the reading thread only. */
  private final Map<String, SpdyStream> unpaired = new HashMap<>();

  SpdyPortForward(InputStream in, OutputStream out, PodPorts ports) {
    this.client = new SpdyConnection(in, out, this::opened);
    this.ports = ports;
  }

  void run() throws IOException {
    try (Heartbeat heartbeat = Heartbeat.start(client::ping)) {
      client.run();
    }
  }

  private void opened(SpdyStream stream) {
    try {
      String type = stream.header("streamtype");
      if (!type.equals("data") && !type.equals("error")) {
        stream.reset();
        return;
      }
      stream.reply();
      SpdyStream partner = unpaired.remove(pairOf(stream));
      if (partner == null) {
        unpaired.put(pairOf(stream), stream);
      } else {
        SpdyStream data = type.equals("data") ? stream : partner;
        SpdyStream error = type.equals("data") ? partner : stream;
        Thread.ofVirtual().name("port-forward").start(() -> forward(data, error));
      }
    } catch (IOException e) {
      client.forget(stream); // the connection is gone; its reader notices
    }
  }

  /** Old clients name no request; theirs open the data stream right after the error stream. */
  private static String pairOf(SpdyStream stream) {
    String id = stream.header("requestid");
    if (!id.isEmpty()) {
      return id;
    }
    boolean error = stream.header("streamtype").equals("error");
    return "#" + (error ? stream.id() : stream.id() - 2);
  }

  private void forward(SpdyStream data, SpdyStream error) {
    try (InputStream in = data.input();
        OutputStream out = data.output();
        OutputStream problems = error.output()) {
      String problem = forward(portOf(data), in, out);
      if (problem != null) {
        problems.write(problem.getBytes(UTF_8));
      }
    } catch (IOException e) {
      // the client is gone, and the connection's reader notices
    } finally {
      client.forget(data);
      client.forget(error);
    }
  }

  private static int portOf(SpdyStream stream) {
    try {
      return Integer.parseInt(stream.header("port"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns what went wrong. */
  private @Nullable String forward(int port, InputStream in, OutputStream out) throws IOException {
    if (port < 1 || port > 65535) {
      return ports.failure(port, "no such port");
    }
    return switch (ports.connect(port)) {
      case ApiResult.Refused<TunnelStream>(Status status) -> ports.failure(port, status.message());
      case ApiResult.Ok<TunnelStream>(TunnelStream node) -> {
        try (node) {
          new Copying(in, node.output()).start();
          node.input().transferTo(out);
          yield null;
        }
      }
    };
  }
}
