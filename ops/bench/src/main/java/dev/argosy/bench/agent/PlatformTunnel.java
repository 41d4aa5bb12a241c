package dev.argosy.bench.agent;

import dev.argosy.model.client.ApiClient;
import dev.argosy.server.ApiServerParts;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.stream.SessionRecorder;
import dev.argosy.server.stream.StreamConnectors;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.server.tunnel.TunnelEndpoint;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The way of the streams of pods: the nodes' tunnels and what leads into them. */
final class PlatformTunnel implements AutoCloseable {

  private final NodeTunnels tunnels = new NodeTunnels();
  private final Map<String, Connector> connectors = new ConcurrentHashMap<>();

  /** Makes it part of a server that is being made. */
  void into(ApiServerParts parts) {
    parts.mount(new TunnelEndpoint(tunnels).mount());
    for (String name : List.of("log", "exec")) {
      parts.connector(
          "pods/" + name,
          (info, cluster, user, request, response) ->
              Objects.requireNonNull(connectors.get(name), "the server begins")
                  .connect(info, cluster, user, request, response));
    }
  }

  /** The server is there. */
  void arrive(ApiClient api) {
    connectors.putAll(
        new StreamConnectors(api, tunnels, Clock.systemUTC(), SessionRecorder.NONE).pods());
  }

  boolean reaches(String node) {
    return tunnels.connected().contains(node);
  }

  @Override
  public void close() {
    tunnels.close();
  }
}
