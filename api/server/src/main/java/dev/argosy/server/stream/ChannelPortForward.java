package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.upgrade.WebSocketConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The older WebSocket form of port forwarding: one connection for each port of the query, with the
 * channels 2i (data) and 2i+1 (error); each begins with the port as two bytes, little-endian.
 */
final class ChannelPortForward {

  private final WebSocketConnection socket;
  private final CommandDialect dialect;
  private final PodPorts ports;
  private final List<Optional<TunnelStream>> connections = new ArrayList<>();

  ChannelPortForward(WebSocketConnection socket, CommandDialect dialect, PodPorts ports) {
    this.socket = socket;
    this.dialect = dialect;
    this.ports = ports;
  }

  /** The ports of the query: numbers, possibly with commas, at least one. */
  static List<Integer> ports(String @Nullable [] parameters) {
    List<Integer> ports = new ArrayList<>();
    for (String text : parameters == null ? new String[0] : parameters) {
      for (String port : text.split(",")) {
        ports.add(port(port.strip()));
      }
    }
    if (ports.isEmpty() || ports.size() > 60) {
      throw new StatusException(Status.badRequest("query parameter \"ports\" is required"));
    }
    return ports;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new StatusException(Status.badRequest("\"" + text + "\" is no port"));
  }

  void run(List<Integer> wanted) throws IOException {
    try (Heartbeat heartbeat = Heartbeat.start(socket::ping)) {
      CountDownLatch open = new CountDownLatch(wanted.size());
      for (int i = 0; i < wanted.size(); i++) {
        connect(i, wanted.get(i), open);
      }
      Thread.ofVirtual().name("port-forward-end").start(() -> closeAfter(open));
      Optional<byte[]> message = socket.read();
      while (message.isPresent()) {
        receive(message.get());
        message = socket.read();
      }
    } finally {
      connections.forEach(connection -> connection.ifPresent(TunnelStream::close));
    }
  }

  private void connect(int index, int port, CountDownLatch open) throws IOException {
    byte[] number = {(byte) port, (byte) (port >> 8)};
    dialect.send(socket, 2 * index, number);
    dialect.send(socket, 2 * index + 1, number);
    switch (ports.connect(port)) {
      case ApiResult.Ok<TunnelStream>(TunnelStream node) -> {
        connections.add(Optional.of(node));
        Thread.ofVirtual().name("port-forward").start(() -> sendOutput(index, node, open));
      }
      case ApiResult.Refused<TunnelStream>(Status status) -> {
        connections.add(Optional.empty());
        byte[] text = ports.failure(port, status.message()).getBytes(UTF_8);
        dialect.send(socket, 2 * index + 1, text);
        open.countDown();
      }
    }
  }

  private void sendOutput(int index, TunnelStream node, CountDownLatch open) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int n = node.input().read(buffer); n >= 0; n = node.input().read(buffer)) {
        dialect.send(socket, 2 * index, Arrays.copyOf(buffer, n));
      }
    } catch (IOException e) {
      node.close();
    } finally {
      open.countDown();
    }
  }

  private void closeAfter(CountDownLatch open) {
    try {
      open.await();
      socket.close();
    } catch (IOException e) {
      socket.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(byte[] message) throws IOException {
    int channel = dialect.channel(message).orElse(-1);
    if (channel < 0 || channel % 2 != 0 || channel / 2 >= connections.size()) {
      return;
    }
    Optional<TunnelStream> node = connections.get(channel / 2);
    if (node.isPresent()) {
      try {
        node.get().output().write(dialect.payload(message));
      } catch (dev.argosy.model.tunnel.TunnelException e) {
        node.get().close(); // the pod closed that connection
      }
    }
  }
}
