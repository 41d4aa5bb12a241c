package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes of a storage driver that the platform runs for all tenants are made for claims. A
 * PersistentVolume that somebody writes may name any handle, those of other tenants and of volumes
 * that were kept among them, and the driver would mount it. Who may make volumes of the platform's
 * own cluster may do so in a tenant's.
 */
final class DriverVolumes implements AdmissionStep {

  private static final GroupResource DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");
  private static final String CONTROLLER = "argosy.dev/controller";

  private final ObjectLookup lookup;
  private final Authorizer authorizer;

  DriverVolumes(ObjectLookup lookup, Authorizer authorizer) {
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE
        || object == null
        || request.target().cluster().equals(ClusterDirectory.ROOT)
        || !request.concerns("", "persistentvolumes")) {
      return;
    }
    String driver = object.path("spec").path("csi").path("driver").asString("");
    if (!driver.isEmpty() && ofPlatform(driver) && !trusted(request)) {
      throw Refusal.of(
          request,
          "volumes of driver \"" + driver + "\" are made by the platform; ask for one by a claim");
    }
  }

  private boolean ofPlatform(String driver) {
    return lookup
        .find(new ObjectKey(DRIVERS, ClusterDirectory.ROOT, "", driver))
        .filter(found ->
            found
                .content()
                .path("metadata")
                .path("annotations")
                .path(CONTROLLER)
                .asString("")
                .equals("platform"))
        .isPresent();
  }

  private boolean trusted(AdmissionRequest request) {
    return authorizer
        .authorize(
            new Attributes(
                request.user(),
                ClusterDirectory.ROOT,
                "create",
                "",
                "v1",
                "persistentvolumes",
                "",
                "",
                "",
                ""))
        .allowed();
  }
}
