package dev.argosy.server.proxy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * {@code nodes/proxy}: the agent has no port of its own, so three pages of a kubelet are answered:
 * {@code /healthz} and {@code /stats/summary}, which ask the agent through its tunnel, and {@code
 * /pods}. Nodes carry pods of all tenants, so only the platform's own cluster is answered.
 */
final class NodeConnector implements Connector {

  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final String NOTHING =
      "nodes serve /healthz, /pods and /stats/summary through their proxy; what containers say is"
          + " found with their pods";

  private final ResourceCaches caches;
  private final NodeTunnels tunnels;

  NodeConnector(ResourceCaches caches, NodeTunnels tunnels) {
    this.caches = caches;
    this.tunnels = tunnels;
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
    if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
      throw Status.methodNotAllowed().asException();
    }
    if (caches.of(NODES).snapshot().get(new ObjectKey(NODES, cluster, "", node)).isEmpty()) {
      throw Status.notFound(NODES, node).asException();
    }
    switch (ProxyPath.of(info, request.getRequestURI()).rest()) {
      case "/healthz", "/healthz/" -> health(node, response);
      case "/pods", "/pods/" -> pods(node, response);
      case "/stats/summary", "/stats/summary/" ->
          relay(node, new StreamRequest.Stats(), "application/json", response);
      default -> throw Status.of(Reason.NOT_FOUND, NOTHING).asException();
    }
  }

  private void health(String node, HttpServletResponse response) throws IOException {
    relay(node, new StreamRequest.Health(), "text/plain", response);
  }

  private void relay(String node, StreamRequest request, String type, HttpServletResponse response)
      throws IOException {
    try (TunnelStream stream = tunnels.open(node, request).orThrow()) {
      response.setContentType(type);
      stream.input().transferTo(response.getOutputStream());
    }
  }

  private void pods(String node, HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    OutputStream out = response.getOutputStream();
    out.write(text("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":["));
    boolean first = true;
    for (ApiObject pod : caches.of(PODS).snapshot().onNode(node)) {
      if (!first) {
        out.write(',');
      }
      first = false;
      pod.writeTo(out);
    }
    out.write(text("]}"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
