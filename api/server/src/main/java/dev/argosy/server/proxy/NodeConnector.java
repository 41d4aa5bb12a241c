package dev.argosy.server.proxy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.connect.Connector;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.tunnel.NodeTunnels;
import dev.argosy.store.cache.ResourceCaches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * {@code nodes/proxy}: the agent has no port of its own, so pages of a kubelet are asked for
 * through its tunnel, and so are the node's storage drivers ({@link NodeDrivers}). Nodes carry pods
 * of all tenants, so only the platform's own cluster is answered.
 */
final class NodeConnector implements Connector {

  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String NOTHING =
      "nodes serve /healthz, /pods, /runningpods, /stats/summary, /configz, /metrics,"
          + " /metrics/cadvisor, /metrics/resource, /metrics/probes, /containerLogs/NAMESPACE/POD/CONTAINER, /csi/v1"
          + " and, by POST, /checkpoint/NAMESPACE/POD/CONTAINER through their proxy; commands are"
          + " run by pods/exec";

  /** What the agent answers, and of which type it is. */
  private static final Map<String, String> PAGES =
      Map.of(
          "/healthz/ping", "text/plain",
          "/healthz/log", "text/plain",
          "/healthz/syncloop", "text/plain",
          "/configz", JSON,
          "/runningpods", JSON,
          "/metrics", TEXT,
          "/metrics/cadvisor", TEXT,
          "/metrics/resource", TEXT,
          "/metrics/probes", TEXT);

  private final ResourceCaches caches;
  private final NodeTunnels tunnels;
  private final NodePods pods;

  NodeConnector(ResourceCaches caches, NodeTunnels tunnels, NodePods pods) {
    this.caches = caches;
    this.tunnels = tunnels;
    this.pods = pods;
  }

  @Override
  public void connect(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String node = ProxyName.parse(info.name(), "node").name();
    if (!cluster.equals(ClusterDirectory.ROOT)) {
      throw Status.forbidden(NODES, node, "nodes belong to the platform, and carry pods of others")
          .asException();
    }
    String path = ProxyPath.of(info, request.getRequestURI()).rest();
    boolean checkpoint = path.startsWith("/checkpoint/");
    Set<String> methods = checkpoint ? Set.of("POST") : Set.of("GET", "HEAD");
    if (!methods.contains(request.getMethod()) && !NodeDrivers.takes(path)) {
      throw Status.methodNotAllowed().asException();
    }
    if (caches.of(NODES).snapshot().get(new ObjectKey(NODES, cluster, "", node)).isEmpty()) {
      throw Status.notFound(NODES, node).asException();
    }
    if (NodeDrivers.takes(path)) {
      new NodeDrivers(tunnels).answer(node, path, request, response);
    } else if (checkpoint) {
      relay(node, pods.checkpoint(node, path, request), JSON, response);
    } else if (path.startsWith("/containerLogs/")) {
      pods.log(node, path, request, response);
    } else {
      page(node, path.endsWith("/") ? path.substring(0, path.length() - 1) : path, response);
    }
  }

  private void page(String node, String path, HttpServletResponse response) throws IOException {
    switch (path) {
      case "/healthz" -> relay(node, new StreamRequest.Health(), "text/plain", response);
      case "/pods" -> pods.list(node, response);
      case "/stats/summary" -> relay(node, new StreamRequest.Stats(), JSON, response);
      default -> {
        String type = PAGES.get(path);
        if (type == null) {
          throw Status.of(Reason.NOT_FOUND, NOTHING).asException();
        }
        relay(node, new StreamRequest.Page(path), type, response);
      }
    }
  }

  private void relay(String node, StreamRequest request, String type, HttpServletResponse response)
      throws IOException {
    try (TunnelStream stream = tunnels.open(node, request).orThrow()) {
      response.setContentType(type);
      stream.input().transferTo(response.getOutputStream());
    }
  }
}
