package dev.argosy.server.stream;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.server.tunnel.TunnelEndpoint;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The connectors and the tunnel's endpoint behind a real front, without access rules. */
final class StreamFront implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  final NodeTunnels tunnels = new NodeTunnels(TunnelSettings.DEFAULT, Duration.ofSeconds(5));
  final PodTable pods = new PodTable(CLOCK);
  private final Server server;
  private final ServerConnector connector;

  private final SessionRecorder recorder;

  StreamFront() throws Exception {
    this(SessionRecorder.NONE);
  }

  /** With sessions recorded. */
  StreamFront(SessionRecorder recorder) throws Exception {
    this.recorder = recorder;
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Front()), "/*");
    server.setHandler(context);
    server.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() throws Exception {
    tunnels.close();
    server.stop();
  }

  private final class Front extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        dispatch(request, response);
      } catch (StatusException e) {
        Status status = e.status();
        response.setStatus(status.code());
        response.setContentType("application/json");
        response.getOutputStream().write(Json.mapper().writeValueAsBytes(status.toJson()));
      }
    }

    private void dispatch(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String path = request.getRequestURI();
      if (path.equals(TunnelEndpoint.PATH)) {
        String name = Optional.ofNullable(request.getHeader("X-User")).orElse("nobody");
        UserInfo user = new UserInfo(name, "", List.of("system:nodes"), Map.of());
        new TunnelEndpoint(tunnels).handle(info("", "", path), "root", user, request, response);
        return;
      }
      String[] parts = path.split("/");
      Map<String, Connector> connectors =
          new StreamConnectors(pods.client(), tunnels, CLOCK, recorder).pods();
      Connector connector =
          Optional.ofNullable(connectors.get(parts[7])).orElseThrow(AssertionError::new);
      connector.connect(
          info(parts[6], parts[7], path),
          PodTable.CLUSTER,
          UserInfo.system("test"),
          request,
          response);
    }

    private static RequestInfo info(String pod, String subresource, String path) {
      return new RequestInfo(
          Optional.empty(), path, "get", "", "v1", "default", "pods", pod, subresource, "");
    }
  }
}
