package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import java.util.List;
import java.util.random.RandomGenerator;

/** The ports that services have on every node; shared by all logical clusters. */
final class NodePorts {

  private static final GroupResource RESOURCE = new GroupResource("argosy.dev", "nodeports");
  private static final int FIRST = 30_000;
  private static final int COUNT = 2768;

  private final RandomGenerator random;

  NodePorts(RandomGenerator random) {
    this.random = random;
  }

  ObjectKey key(int port) {
    return new ObjectKey(RESOURCE, ClusterDirectory.ROOT, "", Integer.toString(port));
  }

  /** Takes a free port; begins anywhere and goes round. */
  int takeAny(Claims claims, List<Integer> except) {
    int start = random.nextInt(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + (start + i) % COUNT;
      if (!except.contains(port) && !claims.taken(key(port))) {
        claims.take(key(port));
        return port;
      }
    }
    throw Status.of(Reason.INTERNAL_ERROR, "range is full: no free node port").asException();
  }

  /** Takes this port; Invalid if it is not in the range or somebody has it. */
  void take(Write write, Claims claims, int port, String field) {
    String why =
        port < FIRST || port >= FIRST + COUNT
            ? "provided port is not in the valid range. The range of valid ports is "
                + FIRST
                + "-"
                + (FIRST + COUNT - 1)
            : claims.taken(key(port)) ? "provided port is already allocated" : "";
    if (!why.isEmpty()) {
      throw Status.invalid(
              "",
              "Service",
              write.name(),
              List.of(ServiceRules.invalid(field, Integer.toString(port), why)))
          .asException();
    }
    claims.take(key(port));
  }
}
