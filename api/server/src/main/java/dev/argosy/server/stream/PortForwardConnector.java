package dev.argosy.server.stream;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.WebSocketConnection;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * {@code pods/portforward}: SPDY/3.1, SPDY/3.1 inside a WebSocket, or the older WebSocket form with
 * two channels for each port of the query.
 */
final class PortForwardConnector implements Connector {

  private static final List<String> VERSIONS = List.of("portforward.k8s.io");
  private static final String TUNNELED = "SPDY/3.1+portforward.k8s.io";
  private static final List<String> CHANNELS =
      List.of("v4.channel.k8s.io", "v4.base64.channel.k8s.io");

  private final PodDoor door;

  PortForwardConnector(PodDoor door) {
    this.door = door;
  }

  @Override
  public void connect(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PodView pod = door.find(info, cluster);
    pod.assignedNode();
    if (WebSocketHandshake.wanted(request)) {
      acceptWebSocket(pod, request, response);
    } else if (Upgrade.wanted(request, SpdyUpgrade.PROTOCOL)) {
      SpdyUpgrade.choose(request, response, VERSIONS);
      Upgrade.to(
          SpdyUpgrade.PROTOCOL,
          request,
          response,
          raw -> new SpdyPortForward(raw.input(), raw.output(), new PodPorts(door, pod)).run());
    } else {
      throw new StatusException(Status.badRequest("Upgrade request required"));
    }
  }

  private void acceptWebSocket(
      PodView pod, HttpServletRequest request, HttpServletResponse response) throws IOException {
    PodPorts ports = new PodPorts(door, pod);
    if (WebSocketHandshake.offered(request).contains(TUNNELED)) {
      WebSocketHandshake.accept(request, response, TUNNELED, socket -> runTunneled(socket, ports));
      return;
    }
    List<Integer> wanted = ChannelPortForward.ports(request.getParameterValues("ports"));
    String dialect =
        WebSocketHandshake.choose(request, CHANNELS)
            .orElseThrow(() ->
                new StatusException(
                    Status.badRequest("ports are forwarded over " + TUNNELED + " or " + CHANNELS)));
    WebSocketHandshake.accept(
        request,
        response,
        dialect,
        socket ->
            new ChannelPortForward(
                    socket, new CommandDialect(dialect, dialect.contains("base64"), true), ports)
                .run(wanted));
  }

  private static void runTunneled(WebSocketConnection socket, PodPorts ports) throws IOException {
    WebSocketBytes bytes = new WebSocketBytes(socket);
    new SpdyPortForward(bytes.input(), bytes.output(), ports).run();
    socket.close();
  }
}
