package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.list.View;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pods of a tenant go to nodes that its cluster sees, also where a pod names its node itself or
 * somebody else than the scheduler binds it: other nodes are other tenants'. A name that no node
 * has is taken as in Kubernetes.
 */
final class GrantedNodes implements AdmissionStep {

  private static final GroupResource NODES = new GroupResource("", "nodes");

  private final ClusterObjects objects;
  private final ClusterDirectory clusters;

  GrantedNodes(ClusterObjects objects, ClusterDirectory clusters) {
    this.objects = objects;
    this.clusters = clusters;
  }

  @Override
  public void validate(AdmissionRequest request) {
    String cluster = request.target().cluster();
    if (cluster.equals(ClusterDirectory.ROOT)) {
      return;
    }
    String name = givenNode(request);
    if (name.isEmpty()) {
      return;
    }
    Optional<LogicalCluster> known = clusters.find(cluster);
    Optional<ApiObject> node = objects.find(new ObjectKey(NODES, ClusterDirectory.ROOT, "", name));
    if (known.isPresent() && node.isPresent() && !View.shows(known.get(), node.get())) {
      throw Refusal.of(
          request,
          "node \"" + name + "\" is none of this cluster's: kubectl get nodes shows which are");
    }
  }

  private static String givenNode(AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    ObjectNode object = request.object();
    if (object == null
        || request.operation() != Operation.CREATE
        || !target.type().group().isEmpty()
        || !target.type().resource().equals("pods")) {
      return "";
    }
    return switch (target.subresource()) {
      case "" -> object.path("spec").path("nodeName").asString("");
      case "binding" -> object.path("target").path("name").asString("");
      default -> "";
    };
  }
}
