package dev.argosy.controllers.revision;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ControllerRevision.
 *
 * @param number higher for what is newer
 * @param data JSON: a patch that brings the template back
 */
public record RevisionView(ApiObject object, long number, String data) {

  /** By the uid of the managing owner. */
  public static final String BY_OWNER = "owner";

  /** Those without a managing owner, by {@link PodView#place}. */
  public static final String BY_ORPHANAGE = "orphanage";

  /** All ControllerRevisions of all clusters. */
  public static final InformerSpec<RevisionView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.REVISIONS),
          RevisionView::of,
          new Index<>(
              BY_OWNER,
              r -> r.object().meta().controller().map(OwnerReference::uid).stream().toList()),
          new Index<>(BY_ORPHANAGE, RevisionView::orphanage));

  public static RevisionView of(ApiObject object) {
    ObjectNode tree = object.tree();
    return new RevisionView(object, tree.path("revision").asLong(0), tree.path("data").toString());
  }

  private static List<String> orphanage(RevisionView revision) {
    ObjectKey key = revision.object().key();
    return revision.object().meta().controller().isPresent()
        ? List.of()
        : List.of(PodView.place(key.cluster(), key.namespace()));
  }

  public String name() {
    return object.name();
  }

  /** Whether it is of the template that this is made of, however it was written. */
  boolean says(ObjectNode other) {
    return data.equals(other.toString()) || TemplateData.of(template()).equals(other);
  }

  /** A new tree of the template. */
  public ObjectNode template() {
    JsonNode template = Json.mapper().readTree(data).path("spec").path("template");
    ObjectNode tree = template instanceof ObjectNode object ? object : Json.object();
    tree.remove("$patch");
    return tree;
  }
}
