package dev.argosy.server.proxy;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.tunnel.NodeTunnels;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * {@code /csi/v1} of a node: which storage drivers are registered there, and calls of their
 * controller services. Bodies may hold secrets; they are handed on and kept nowhere.
 */
final class NodeDrivers {

  private static final String ROOT = "/csi/v1";
  private static final int LARGEST = 1 << 20;

  /** Somewhat longer than a driver gets. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private final NodeTunnels tunnels;

  NodeDrivers(NodeTunnels tunnels) {
    this.tunnels = tunnels;
  }

  static boolean takes(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  /** Hands the request to the node, and its answer back. */
  void answer(String node, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean list = path.equals(ROOT) || path.equals(ROOT + "/");
    if (!request.getMethod().equals(list ? "GET" : "POST")) {
      throw Status.methodNotAllowed().asException();
    }
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw Status.of(Reason.REQUEST_ENTITY_TOO_LARGE, "limit is " + LARGEST + " bytes")
          .asException();
    }
    try (TunnelStream stream = tunnels.open(node, new StreamRequest.Drivers(path)).orThrow()) {
      stream.output().write(body);
      stream.output().close();
      stream.readTimeout(PATIENCE);
      DataInputStream in = new DataInputStream(stream.input());
      response.setStatus(in.readInt());
      response.setContentType("application/json");
      in.transferTo(response.getOutputStream());
    }
  }
}
