package dev.argosy.server.stream;

import dev.argosy.model.tunnel.StreamRequest;
import jakarta.servlet.http.HttpServletRequest;

/** {@code pods/attach}. */
final class AttachQuery implements CommandQuery {

  @Override
  public StreamRequest read(PodView pod, HttpServletRequest request) {
    return new StreamRequest.Attach(
        pod.ref(), CommandQuery.container(pod, request), CommandQuery.streams(request));
  }
}
