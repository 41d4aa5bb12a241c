package dev.argosy.server.dial;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.tunnel.NodeTunnels;

/** Connects to ports of pods, through the tunnels of their nodes. */
public final class PodDialer {

  private final NodeTunnels tunnels;

  public PodDialer(NodeTunnels tunnels) {
    this.tunnels = tunnels;
  }

  /**
   * One connection to a port of the pod's address.
   *
   * @throws DialException if the node cannot be reached, or nothing listens there
   */
  public Connection dial(ApiObject pod, int port) throws DialException {
    String node = pod.tree().path("spec").path("nodeName").asString("");
    PodRef ref = new PodRef(pod.cluster(), pod.namespace(), pod.name(), pod.meta().uid());
    return switch (tunnels.open(node, new StreamRequest.Proxy(ref, port))) {
      case ApiResult.Ok<TunnelStream>(TunnelStream stream) ->
          new Connection(stream.input(), stream.output(), stream::close);
      case ApiResult.Refused<TunnelStream>(Status status) ->
          throw new DialException(
              "dial pod " + pod.name() + " port " + port + ": " + status.message());
    };
  }
}
