package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Nothing new comes into a namespace that does not exist or is going, nor into a cluster that is
 * going; some namespaces stay for ever.
 */
public final class NamespaceLifecycle implements AdmissionStep {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final ObjectLookup lookup;
  private final ClusterDirectory clusters;

  public NamespaceLifecycle(ObjectLookup lookup, ClusterDirectory clusters) {
    this.lookup = lookup;
    this.clusters = clusters;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    switch (request.operation()) {
      case CREATE -> requireHome(target);
      case DELETE -> requireMortal(target);
      case UPDATE, CONNECT -> {}
    }
  }

  private void requireHome(AdmissionRequest.Target target) {
    Phase phase =
        clusters.find(target.cluster()).map(LogicalCluster::phase).orElse(Phase.TERMINATING);
    GroupResource resource = target.type().groupResource();
    if (phase == Phase.TERMINATING) {
      throw Status.forbidden(
              resource,
              target.name(),
              "unable to create new content in cluster "
                  + target.cluster()
                  + " because it is being terminated")
          .asException();
    }
    if (target.namespace().isEmpty()) {
      return;
    }
    Optional<ApiObject> namespace =
        lookup.find(new ObjectKey(NAMESPACES, target.cluster(), "", target.namespace()));
    if (namespace.isEmpty()) {
      throw Status.notFound(NAMESPACES, target.namespace()).asException();
    }
    if (namespace.get().meta().deleting()) {
      throw terminating(resource, target).asException();
    }
  }

  private static Status terminating(GroupResource resource, AdmissionRequest.Target target) {
    String message = "namespace " + target.namespace() + " is being terminated";
    return Status.forbidden(
            resource,
            target.name(),
            "unable to create new content in namespace "
                + target.namespace()
                + " because it is being terminated")
        .withCauses(List.of(new Cause("NamespaceTerminating", message, "metadata.namespace")));
  }

  /** A cluster that is going takes its namespaces along. */
  private void requireMortal(AdmissionRequest.Target target) {
    boolean immortal =
        target.type().groupResource().equals(NAMESPACES) && IMMORTAL.contains(target.name());
    boolean going =
        clusters
            .find(target.cluster())
            .map(cluster -> cluster.phase() == Phase.TERMINATING)
            .orElse(true);
    if (immortal && !going) {
      throw Status.forbidden(NAMESPACES, target.name(), "this namespace may not be deleted")
          .asException();
    }
  }
}
