package dev.argosy.server.dispatch;

import dev.argosy.server.connect.PathMount;
import dev.argosy.server.request.RequestInfo;
import java.util.Optional;
import java.util.Set;

/** Which requests last as long as they like: conversations, and watches. */
final class LongRunning {

  private static final Set<String> CONVERSATIONS =
      Set.of("attach", "exec", "log", "portforward", "proxy");
  private static final Set<String> PROBES = Set.of("livez", "readyz", "healthz");

  private LongRunning() {}

  static boolean watch(RequestInfo info) {
    return info.resourceRequest() && info.verb().equals("watch");
  }

  static boolean conversation(RequestInfo info, Optional<PathMount> mount) {
    return info.resourceRequest()
        ? CONVERSATIONS.contains(info.subresource())
        : mount.isPresent() && mount.get().handler().longRunning();
  }

  /** Questions after the server's own health, which must be answered when all seats are taken. */
  static boolean probe(RequestInfo info) {
    if (info.resourceRequest()) {
      return false;
    }
    int end = info.path().indexOf('/', 1);
    return PROBES.contains(info.path().substring(1, end < 0 ? info.path().length() : end));
  }
}
