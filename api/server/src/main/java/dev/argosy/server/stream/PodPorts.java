package dev.argosy.server.stream;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelStream;

/** Connects to ports of one pod. */
record PodPorts(PodDoor door, PodView pod) {

  ApiResult<TunnelStream> connect(int port) {
    return door.open(pod, new StreamRequest.PortForward(pod.ref(), port));
  }

  /** The words that clients print when a port cannot be reached. */
  String failure(int port, String why) {
    return "error forwarding port %d to pod %s, uid : %s".formatted(port, pod.ref().name(), why);
  }
}
