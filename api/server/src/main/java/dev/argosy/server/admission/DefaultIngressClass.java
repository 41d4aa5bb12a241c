package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** An ingress that names no class gets the default one, if there is one. */
final class DefaultIngressClass implements AdmissionStep {

  private static final GroupResource CLASSES =
      new GroupResource("networking.k8s.io", "ingressclasses");
  private static final String NAMED_BY_ANNOTATION = "kubernetes.io/ingress.class";
  private static final List<String> MARKS = List.of("ingressclass.kubernetes.io/is-default-class");

  private final ClusterObjects objects;

  DefaultIngressClass(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode ingress = request.object();
    if (request.operation() != Operation.CREATE
        || ingress == null
        || !request.concerns("networking.k8s.io", "ingresses")
        || !(ingress.get("spec") instanceof ObjectNode spec)
        || spec.hasNonNull("ingressClassName")
        || ingress.path("metadata").path("annotations").has(NAMED_BY_ANNOTATION)) {
      return;
    }
    DefaultClass.among(objects.list(CLASSES, request.target().cluster(), ""), MARKS)
        .ifPresent(found -> spec.put("ingressClassName", found.name()));
  }
}
