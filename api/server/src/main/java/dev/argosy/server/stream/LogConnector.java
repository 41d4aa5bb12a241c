package dev.argosy.server.stream;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.WebSocketConnection;
import dev.argosy.server.upgrade.WebSocketHandshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code pods/log}: plain text as it comes, or binary messages of a WebSocket. */
final class LogConnector implements Connector {

  private static final String BINARY = "binary.k8s.io";
  private static final String BASE64 = "base64.binary.k8s.io";

  private final PodDoor door;
  private final PodLogs logs;

  LogConnector(PodDoor door, PodLogs logs) {
    this.door = door;
    this.logs = logs;
  }

  @Override
  public void connect(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    InputStream log = logs.open(door.find(info, cluster), query(request));
    if (WebSocketHandshake.wanted(request)) {
      sendAsMessages(log, request, response);
    } else {
      sendAsText(log, response);
    }
  }

  private static QueryText query(HttpServletRequest request) {
    Map<String, String> single = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> single.put(name, values[0]));
    return new QueryText(single);
  }

  private static void sendAsText(InputStream log, HttpServletResponse response) throws IOException {
    try (log) {
      response.setContentType("text/plain");
      OutputStream out = response.getOutputStream();
      response.flushBuffer(); // followers see that it was accepted before the first line
      byte[] buffer = new byte[16 * 1024];
      for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
        out.write(buffer, 0, count);
        if (log.available() == 0) {
          out.flush();
        }
      }
    }
  }

  private static void sendAsMessages(
      InputStream log, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String chosen = "";
    if (!WebSocketHandshake.offered(request).isEmpty()) {
      chosen =
          WebSocketHandshake.choose(request, List.of(BINARY, BASE64))
              .orElseThrow(() ->
                  new StatusException(
                      Status.badRequest(
                          "the log is sent as binary.k8s.io or base64.binary.k8s.io only")));
    }
    boolean base64 = chosen.equals(BASE64);
    WebSocketHandshake.accept(request, response, chosen, socket -> talk(log, socket, base64));
  }

  private static void talk(InputStream log, WebSocketConnection socket, boolean base64)
      throws IOException {
    try (log;
        Heartbeat heartbeat = Heartbeat.start(socket::ping)) {
      Thread.ofVirtual().name("log-client").start(() -> awaitClient(log, socket));
      byte[] buffer = new byte[16 * 1024];
      for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, count);
        if (base64) {
          socket.sendText(Base64.getEncoder().encodeToString(bytes));
        } else {
          socket.sendBinary(bytes);
        }
      }
      socket.close();
    }
  }

  /** Says nothing of interest, but its leaving ends the reading of the log. */
  private static void awaitClient(InputStream log, WebSocketConnection socket) {
    try (log) {
      while (socket.read().isPresent()) {
        continue;
      }
    } catch (IOException e) {
      socket.abort();
    }
  }
}
