package dev.argosy.server.stream;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.tunnel.NodeTunnels;

/** Finds pods and opens streams to them. */
final class PodDoor {

  private static final GroupResource PODS = new GroupResource("", "pods");

  private final ApiClient api;
  private final NodeTunnels tunnels;

  /**
   * @param api under an identity that may read every pod; the caller was authorized before
   */
  PodDoor(ApiClient api, NodeTunnels tunnels) {
    this.api = api;
    this.tunnels = tunnels;
  }

  PodView find(RequestInfo info, String cluster) {
    return PodView.of(
        api.get(new ObjectKey(PODS, cluster, info.namespace(), info.name())).orThrow());
  }

  ApiResult<TunnelStream> open(PodView pod, StreamRequest request) {
    return tunnels.open(pod.assignedNode(), request);
  }

  /**
   * The stream behind the node's acceptance.
   *
   * @throws StatusException with the node's refusal
   */
  TunnelStream openOrThrow(PodView pod, StreamRequest request) {
    return open(pod, request).orThrow();
  }
}
