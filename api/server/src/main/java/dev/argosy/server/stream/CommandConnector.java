package dev.argosy.server.stream;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code pods/exec} and {@code pods/attach}, over WebSocket or SPDY/3.1. */
final class CommandConnector implements Connector {

  private final PodDoor door;
  private final CommandQuery query;

  CommandConnector(PodDoor door, CommandQuery query) {
    this.door = door;
    this.query = query;
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
    StreamRequest wanted = query.read(pod, request);
    StdStreams streams = CommandQuery.streams(request);
    if (WebSocketHandshake.wanted(request)) {
      CommandDialect dialect = CommandDialect.choose(request);
      TunnelStream node = door.openOrThrow(pod, wanted);
      WebSocketHandshake.accept(
          request,
          response,
          dialect.subprotocol(),
          socket -> new WebSocketCommand(socket, dialect, streams, node).run());
    } else if (Upgrade.wanted(request, SpdyUpgrade.PROTOCOL)) {
      String version = SpdyUpgrade.choose(request, response, SpdyCommand.VERSIONS);
      TunnelStream node = door.openOrThrow(pod, wanted);
      Upgrade.to(
          SpdyUpgrade.PROTOCOL,
          request,
          response,
          connection -> new SpdyCommand(connection, version, streams, node).run());
    } else {
      throw new StatusException(Status.badRequest("Upgrade request required"));
    }
  }
}
