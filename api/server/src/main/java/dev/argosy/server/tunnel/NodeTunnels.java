package dev.argosy.server.tunnel;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.StreamAcceptor;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelSession;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.model.tunnel.TunnelTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes that are connected to this API server. */
public final class NodeTunnels implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeTunnels.class);

  private final TunnelSettings settings;
  private final Duration replyTimeout;
  private final Map<String, TunnelSession> sessions = new ConcurrentHashMap<>();

  /**
   * @param replyTimeout how long a node may take to answer a request
   */
  public NodeTunnels(TunnelSettings settings, Duration replyTimeout) {
    this.settings = settings;
    this.replyTimeout = replyTimeout;
  }

  public NodeTunnels() {
    this(TunnelSettings.DEFAULT, Duration.ofSeconds(30));
  }

  /** The names of the nodes that are connected now. */
  public Set<String> connected() {
    return Set.copyOf(sessions.keySet());
  }

  /**
   * Asks a node to serve a request.
   *
   * @return the stream behind the node's reply, which the caller closes; or the node's refusal, or
   *     503 if it cannot be reached
   */
  public ApiResult<TunnelStream> open(String node, StreamRequest request) {
    TunnelSession session = sessions.get(node);
    if (session == null) {
      return ApiResult.refused(unreachable(node, "its agent has no tunnel to this API server"));
    }
    TunnelStream stream;
    try {
      stream = session.open(request.toBytes());
    } catch (IOException e) {
      return ApiResult.refused(unreachable(node, String.valueOf(e.getMessage())));
    }
    ApiResult<TunnelStream> result = awaitReply(node, stream);
    if (result instanceof ApiResult.Refused<TunnelStream>) {
      stream.close();
    }
    return result;
  }

  private ApiResult<TunnelStream> awaitReply(String node, TunnelStream stream) {
    try {
      stream.readTimeout(replyTimeout);
      StreamReply reply = StreamReply.readFrom(stream);
      stream.readTimeout(Duration.ZERO);
      return switch (reply) {
        case StreamReply.Accepted() -> ApiResult.ok(stream);
        case StreamReply.Refused(Status status) -> ApiResult.refused(status);
      };
    } catch (IOException e) {
      return ApiResult.refused(unreachable(node, String.valueOf(e.getMessage())));
    }
  }

  /** Serves a node's connection until it ends. A newer connection of the node replaces it. */
  void serve(String node, TunnelTransport transport) throws InterruptedException {
    TunnelSession session =
        TunnelSession.start(transport, TunnelSession.Role.LISTENER, settings, StreamAcceptor.NONE);
    TunnelSession before = sessions.put(node, session);
    if (before != null) {
      before.close();
    }
    LOG.info("node {} is connected", node);
    try {
      LOG.info("node {} is disconnected: {}", node, session.awaitEnd());
    } finally {
      session.close();
      sessions.remove(node, session);
    }
  }

  @Override
  public void close() {
    sessions.values().forEach(TunnelSession::close);
  }

  private static Status unreachable(String node, String why) {
    String message =
        "node \"%s\" cannot be reached: %s; check that the node agent runs there and can dial this"
            + " server (kubectl describe node %s)";
    return Status.of(Reason.SERVICE_UNAVAILABLE, message.formatted(node, why, node));
  }
}
