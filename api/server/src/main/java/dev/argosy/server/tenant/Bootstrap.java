package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.KindTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a template's objects to a new tenant's cluster, by server-side apply. */
final class Bootstrap {

  private static final String MANAGER = "tenant-template";

  private final ApiClient client;
  private final KindTables kinds;

  Bootstrap(ApiClient client, KindTables kinds) {
    this.client = client;
    this.kinds = kinds;
  }

  /**
   * Applies what is not there as the template has it.
   *
   * @return what went wrong first; empty if all is there
   */
  Optional<String> apply(String cluster, String template) {
    Optional<ApiObject> found =
        client
            .get(new ObjectKey(TemplateKind.RESOURCE, ClusterDirectory.ROOT, "", template))
            .orAbsent();
    if (found.isEmpty()) {
      return Optional.of("there is no TenantTemplate " + template);
    }
    for (ObjectNode object : inOrder(found.get().tree().path("spec").path("objects"))) {
      Optional<String> problem = applyOne(cluster, object);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static List<ObjectNode> inOrder(JsonNode objects) {
    List<ObjectNode> namespaces = new ArrayList<>();
    List<ObjectNode> others = new ArrayList<>();
    for (JsonNode object : objects) {
      boolean namespace = object.path("kind").asString("").equals("Namespace");
      (namespace ? namespaces : others).add((ObjectNode) object.deepCopy());
    }
    namespaces.addAll(others);
    return namespaces;
  }

  private Optional<String> applyOne(String cluster, ObjectNode object) {
    String apiVersion = object.path("apiVersion").asString("");
    String kind = object.path("kind").asString("");
    Optional<KindSchema> schema = kinds.of(cluster).ofKind(apiVersion, kind);
    if (schema.isEmpty()) {
      return Optional.of(kind + " in " + apiVersion + " is not served");
    }
    object.remove("status");
    ObjectNode metadata = object.withObject("metadata");
    metadata.remove(List.of("managedFields", "resourceVersion", "uid", "creationTimestamp"));
    String namespace = metadata.path("namespace").asString("");
    String name = metadata.path("name").asString("");
    ObjectKey key = new ObjectKey(schema.get().type().groupResource(), cluster, namespace, name);
    return client.patch(key, "", Patch.apply(object, MANAGER, true))
            instanceof ApiResult.Refused<ApiObject>(Status status)
        ? Optional.of(kind + " " + name + ": " + status.message())
        : Optional.empty();
  }
}
