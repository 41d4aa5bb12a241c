package dev.argosy.server.admission;

import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.SuspendedWrites;

/**
 * A suspended tenant's cluster is read only, but for who may resume the tenant, the platform's own
 * loops and its nodes. Nobody at all gives a pod of it a node.
 */
final class SuspendedClusters implements AdmissionStep {

  private final SuspendedWrites writes;

  SuspendedClusters(ClusterDirectory clusters, Authorizer authorizer) {
    this.writes = new SuspendedWrites(clusters, authorizer);
  }

  /** Before anything of the tenant's own is asked: its webhooks no longer answer. */
  @Override
  public void mutate(AdmissionRequest request) {
    String cluster = request.target().cluster();
    if (!writes.suspended(cluster)
        || request.operation() == Operation.CONNECT
        || revokesToken(request)) {
      return;
    }
    if (givesNode(request)) {
      throw Refusal.of(request, "tenant " + cluster + " is suspended: its pods get no nodes");
    }
    if (!writes.allowed(request.user(), cluster)) {
      throw Refusal.of(request, SuspendedWrites.refusal(cluster));
    }
  }

  /** That somebody's token got out is no less urgent while their tenant is suspended. */
  private static boolean revokesToken(AdmissionRequest request) {
    return request.operation() == Operation.DELETE
        && request.concerns("access.argosy.dev", "accesstokens");
  }

  private static boolean givesNode(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    if (request.operation() != Operation.CREATE
        || !target.type().group().isEmpty()
        || !target.type().resource().equals("pods")) {
      return false;
    }
    return switch (target.subresource()) {
      case "binding" -> true;
      case "" ->
          request.object() != null
              && !request.object().path("spec").path("nodeName").asString("").isEmpty();
      default -> false;
    };
  }
}
