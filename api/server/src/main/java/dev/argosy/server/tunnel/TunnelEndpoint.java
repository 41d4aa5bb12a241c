package dev.argosy.server.tunnel;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.TunnelTransport;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.upgrade.Upgrade;
import dev.argosy.server.upgrade.UpgradedConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Where agents dial in: {@code GET /argosy/v1/tunnel} with {@code Upgrade: argosy-tunnel/1} and the
 * node's client certificate. The identity {@code system:node:NAME} in the group {@code
 * system:nodes} says which node it is; nobody else is let in.
 */
public final class TunnelEndpoint implements PathHandler {

  public static final String PATH = "/argosy/v1/tunnel";
  public static final String PROTOCOL = "argosy-tunnel/1";

  private static final String NODE_USER = "system:node:";
  private static final String NODES = "system:nodes";

  private final NodeTunnels tunnels;

  public TunnelEndpoint(NodeTunnels tunnels) {
    this.tunnels = tunnels;
  }

  /** Not open, so that the caller is identified before it comes here. */
  public PathMount mount() {
    return new PathMount(PATH, false, this);
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String node = nodeOf(user);
    if (!Upgrade.wanted(request, PROTOCOL)) {
      throw new StatusException(
          Status.badRequest("Upgrade request required: connect with Upgrade: " + PROTOCOL));
    }
    Upgrade.to(PROTOCOL, request, response, connection -> serve(node, connection));
  }

  @Override
  public boolean longRunning() {
    return true;
  }

  private static String nodeOf(UserInfo user) {
    String name = user.name();
    if (!user.inGroup(NODES) || !name.startsWith(NODE_USER) || name.equals(NODE_USER)) {
      throw new StatusException(
          Status.of(
              Reason.FORBIDDEN, "the tunnel is for nodes, and \"" + name + "\" is none of them"));
    }
    return name.substring(NODE_USER.length());
  }

  private void serve(String node, UpgradedConnection connection) throws IOException {
    try {
      tunnels.serve(
          node, new TunnelTransport(connection.input(), connection.output(), connection.closing()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
