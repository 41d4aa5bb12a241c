package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.node.NodeRequirement;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A storage class as the scheduler sees it.
 *
 * @param provisioner what makes its volumes
 * @param waits whether volumes are made when the first pod has its node
 * @param places one of these terms must match that node; empty if any will do
 */
public record ClassView(String provisioner, boolean waits, List<NodeTerm> places) {

  static final GroupResource CLASSES = new GroupResource("storage.k8s.io", "storageclasses");

  /** The provisioner that the platform has itself. */
  static final String OWN = "argosy.dev/local-path";

  /** Stands for "makes none". */
  static final String NONE = "kubernetes.io/no-provisioner";

  /** All storage classes of all clusters. */
  public static final InformerSpec<ClassView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(CLASSES), ClassView::of);

  public ClassView {
    places = List.copyOf(places);
  }

  static ClassView of(ApiObject storageClass) {
    JsonNode tree = storageClass.content();
    List<NodeTerm> terms = new ArrayList<>();
    for (JsonNode topology : tree.path("allowedTopologies")) {
      List<NodeRequirement> labels = new ArrayList<>();
      for (JsonNode label : topology.path("matchLabelExpressions")) {
        List<String> values = new ArrayList<>();
        label.path("values").forEach(value -> values.add(value.asString("")));
        labels.add(new NodeRequirement(label.path("key").asString(""), "In", values));
      }
      terms.add(new NodeTerm(labels, List.of()));
    }
    return new ClassView(
        tree.path("provisioner").asString(""),
        tree.path("volumeBindingMode").asString("").equals("WaitForFirstConsumer"),
        terms);
  }
}
