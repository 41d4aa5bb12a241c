package dev.argosy.server.admission.podsecurity;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * PersistentVolumes that a tenant writes are no way around what its pods may do at the most: what a
 * pod could not name itself, it does not get by a claim. In Kubernetes volumes are the affair of
 * the cluster's administrators; here each tenant has a cluster. Who may make volumes of the
 * platform's own cluster, as the loops that make them for claims, may do so in a tenant's. What a
 * volume is made of never changes, so creations are all there is to look at.
 */
public final class VolumeSecurity implements AdmissionStep {

  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");

  /** Members of the spec that are objects, and none of which a volume is made. */
  private static final Set<String> NO_SOURCE = Set.of("capacity", "claimRef", "nodeAffinity");

  /** Paths of the machine. */
  private static final Set<String> OF_NODE = Set.of("hostPath", "local");

  private final Ceiling ceiling;
  private final Authorizer authorizer;

  public VolumeSecurity(ClusterDirectory clusters, Authorizer authorizer) {
    this.ceiling = new Ceiling(clusters);
    this.authorizer = authorizer;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode volume = request.object();
    if (request.operation() != Operation.CREATE
        || volume == null
        || !request.concerns(VOLUMES.group(), VOLUMES.resource())) {
      return;
    }
    for (Ceiling.Bound bound : ceiling.of(request.target().cluster())) {
      Optional<Violation> violation =
          violation(bound.policy().level(), request.target().name(), volume);
      if (violation.isPresent() && !trusted(request)) {
        throw Status.forbidden(
                VOLUMES,
                request.target().name(),
                "violates PodSecurity \""
                    + bound.policy().text()
                    + "\": "
                    + violation.get().text()
                    + bound.source())
            .asException();
      }
    }
  }

  /** What is against a volume at a level, as if a pod named its source itself. */
  private static Optional<Violation> violation(Level level, String name, ObjectNode volume) {
    for (Map.Entry<String, JsonNode> member : volume.path("spec").properties()) {
      String type = member.getKey();
      if (member.getValue().isObject() && !NO_SOURCE.contains(type)) {
        if (OF_NODE.contains(type)) {
          return Optional.of(
              new Violation(type + " volumes", "volume " + Violation.quoted(List.of(name))));
        }
        if (level == Level.RESTRICTED && !type.equals("csi")) {
          return Optional.of(
              new Violation(
                  "restricted volume types",
                  "volume "
                      + Violation.quoted(List.of(name))
                      + " uses restricted volume type "
                      + Violation.quoted(List.of(type))));
        }
      }
    }
    return Optional.empty();
  }

  private boolean trusted(AdmissionRequest request) {
    return authorizer
        .authorize(
            new Attributes(
                request.user(),
                ClusterDirectory.ROOT,
                "create",
                VOLUMES.group(),
                "v1",
                VOLUMES.resource(),
                "",
                "",
                "",
                ""))
        .allowed();
  }
}
