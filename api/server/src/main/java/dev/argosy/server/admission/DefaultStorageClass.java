package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A volume claim that names no class gets the default one, if there is one. Naming the empty class
 * is naming one.
 */
final class DefaultStorageClass implements AdmissionStep {

  static final GroupResource CLASSES = new GroupResource("storage.k8s.io", "storageclasses");
  static final String NAMED_BY_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
  private static final List<String> MARKS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");

  private final ClusterObjects objects;

  DefaultStorageClass(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode claim = request.object();
    if (request.operation() != Operation.CREATE
        || claim == null
        || !request.concerns("", "persistentvolumeclaims")
        || !(claim.get("spec") instanceof ObjectNode spec)
        || spec.hasNonNull("storageClassName")
        || claim.path("metadata").path("annotations").has(NAMED_BY_ANNOTATION)) {
      return;
    }
    DefaultClass.among(objects.list(CLASSES, request.target().cluster(), ""), MARKS)
        .ifPresent(found -> spec.put("storageClassName", found.name()));
  }
}
