package dev.argosy.server.stream;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.server.audit.AuditNotes;
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
  private final SessionRecorder recorder;

  CommandConnector(PodDoor door, CommandQuery query, SessionRecorder recorder) {
    this.door = door;
    this.query = query;
    this.recorder = recorder;
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
    SessionRecorder.Session session = session(info, cluster, user, request, pod);
    if (WebSocketHandshake.wanted(request)) {
      CommandDialect dialect = CommandDialect.choose(request);
      NodeCommand node = open(pod, wanted, session);
      WebSocketHandshake.accept(
          request,
          response,
          dialect.subprotocol(),
          socket -> new WebSocketCommand(socket, dialect, streams, node).run());
    } else if (Upgrade.wanted(request, SpdyUpgrade.PROTOCOL)) {
      String version = SpdyUpgrade.choose(request, response, SpdyCommand.VERSIONS);
      NodeCommand node = open(pod, wanted, session);
      Upgrade.to(
          SpdyUpgrade.PROTOCOL,
          request,
          response,
          connection -> new SpdyCommand(connection, version, streams, node).run());
    } else {
      throw new StatusException(Status.badRequest("Upgrade request required"));
    }
  }

  private static SessionRecorder.Session session(
      RequestInfo info, String cluster, UserInfo user, HttpServletRequest request, PodView pod) {
    String[] command = request.getParameterValues("command");
    AuditNotes notes =
        request.getAttribute(Connector.NOTES) instanceof AuditNotes own ? own : AuditNotes.NONE;
    return new SessionRecorder.Session(
        user,
        new SessionRecorder.Container(
            cluster, info.namespace(), info.name(), CommandQuery.container(pod, request)),
        command == null ? "" : String.join(" ", command),
        CommandQuery.streams(request).tty(),
        notes);
  }

  /** Where a session must be recorded, that begins before the command does. */
  private NodeCommand open(PodView pod, StreamRequest wanted, SessionRecorder.Session session) {
    SessionTap tap = recorder.begin(session);
    try {
      return new NodeCommand(door.openOrThrow(pod, wanted), tap);
    } catch (StatusException e) {
      tap.ended(Json.mapper().writeValueAsBytes(e.status().toJson()));
      throw e;
    }
  }
}
