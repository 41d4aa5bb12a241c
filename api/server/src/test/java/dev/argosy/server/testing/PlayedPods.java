package dev.argosy.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelSession;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.model.tunnel.TunnelTransport;
import dev.argosy.server.tunnel.NodeTunnels;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/** A node that dials in, and whose pods' ports all lead to one port of this machine. */
public final class PlayedPods implements AutoCloseable {

  public final List<StreamRequest> requests = new CopyOnWriteArrayList<>();
  private final IntUnaryOperator ports;
  private final TunnelSession session;

  /** All ports of its pods lead to one of this machine. */
  public PlayedPods(int server, String token, String node, NodeTunnels tunnels, int port)
      throws Exception {
    this(server, token, node, tunnels, asked -> port);
  }

  /**
   * A node.
   *
   * @param token its credential
   * @param ports the port of this machine behind a pod's port; 0 for none
   */
  public PlayedPods(
      int server, String token, String node, NodeTunnels tunnels, IntUnaryOperator ports)
      throws Exception {
    this.ports = ports;
    Socket socket = new Socket("127.0.0.1", server);
    String request =
        """
        GET /argosy/v1/tunnel HTTP/1.1\r
        Host: server\r
        Authorization: Bearer %s\r
        Connection: Upgrade\r
        Upgrade: argosy-tunnel/1\r
        \r
        """;
    socket.getOutputStream().write(request.formatted(token).getBytes(UTF_8));
    String head = head(socket.getInputStream());
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
    while (!tunnels.connected().contains(node)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the tunnel did not come up");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private void serve(byte[] header, TunnelStream stream) throws IOException {
    StreamRequest request = StreamRequest.parse(header).orElseThrow();
    requests.add(request);
    if (request instanceof StreamRequest.Proxy proxy) {
      connect(ports.applyAsInt(proxy.port()), stream);
    } else if (request instanceof StreamRequest.Drivers) {
      new StreamReply.Accepted().writeTo(stream);
      byte[] asked = stream.input().readAllBytes();
      DataOutputStream out = new DataOutputStream(stream.output());
      out.writeInt(asked.length == 0 ? 200 : 502);
      out.write(asked.length == 0 ? "{\"drivers\":[]}".getBytes(UTF_8) : asked);
      out.close();
    } else {
      new StreamReply.Accepted().writeTo(stream);
      String text =
          switch (request) {
            case StreamRequest.Stats _ -> "{\"pods\":[]}";
            case StreamRequest.Page(String path) -> "page " + path;
            case StreamRequest.Checkpoint(var pod, String container) ->
                pod.cluster() + "/" + pod.namespace() + "/" + pod.name() + "/" + container;
            default -> "ok";
          };
      stream.output().write(text.getBytes(UTF_8));
      stream.output().close();
    }
  }

  private static void connect(int port, TunnelStream stream) throws IOException {
    if (port == 0) {
      Status refused = Status.of(Reason.SERVICE_UNAVAILABLE, "Connection refused");
      new StreamReply.Refused(refused).writeTo(stream);
      stream.output().close();
      return;
    }
    try (Socket target = new Socket("127.0.0.1", port)) {
      new StreamReply.Accepted().writeTo(stream);
      Thread up = Thread.ofVirtual().start(() -> copyUp(stream, target));
      target.getInputStream().transferTo(stream.output());
      stream.output().close();
      up.interrupt();
    }
  }

  private static void copyUp(TunnelStream stream, Socket target) {
    try {
      stream.input().transferTo(target.getOutputStream());
      target.shutdownOutput();
    } catch (IOException e) {
      // the conversation is over
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
