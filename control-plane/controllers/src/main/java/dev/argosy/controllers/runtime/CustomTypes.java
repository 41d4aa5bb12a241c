package dev.argosy.controllers.runtime;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The custom resources of every cluster, as their definitions come and go. */
public final class CustomTypes {

  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
  private static final String BY_CLUSTER = "cluster";
  private static final String BY_RESOURCE = "resource";
  private static final InformerSpec<CustomType> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(DEFINITIONS),
          CustomType::of,
          new Index<>(BY_CLUSTER, type -> List.of(type.cluster())),
          new Index<>(BY_RESOURCE, type -> List.of(type.resource().toString())));

  private final Informer<CustomType> definitions;

  /**
   * A custom resource of one cluster.
   *
   * @param kind what its objects are called, and references to them
   */
  public record CustomType(
      String cluster, GroupResource resource, String kind, boolean namespaced) {

    static CustomType of(ApiObject definition) {
      JsonNode spec = definition.tree().path("spec");
      JsonNode names = spec.path("names");
      return new CustomType(
          definition.cluster(),
          new GroupResource(spec.path("group").asString(""), names.path("plural").asString("")),
          names.path("kind").asString(""),
          spec.path("scope").asString("").equals("Namespaced"));
    }
  }

  public CustomTypes(ControllerContext context) {
    this.definitions = context.informer(EVERYWHERE);
  }

  /** The resources of a cluster whose objects live in namespaces. */
  public List<GroupResource> namespaced(String cluster) {
    return definitions.find(BY_CLUSTER, cluster).stream()
        .filter(CustomType::namespaced)
        .map(CustomType::resource)
        .toList();
  }

  /** Every custom resource of a cluster. */
  public List<CustomType> of(String cluster) {
    return definitions.find(BY_CLUSTER, cluster);
  }

  /** Those of all clusters that bear this name. */
  public List<CustomType> named(GroupResource resource) {
    return definitions.find(BY_RESOURCE, resource.toString());
  }

  /** Hears of every custom resource that there is, appears, changes or goes. */
  public void addHandler(InformerHandler<CustomType> handler) {
    definitions.addHandler(handler);
  }
}
