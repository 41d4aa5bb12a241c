package dev.argosy.console.history;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of the API about what objects were. */
final class Histories {

  static final String GROUP = "history.argosy.dev";
  static final GroupResource REVISIONS = new GroupResource(GROUP, "objectrevisions");

  private final ApiClient api;
  private final String cluster;

  Histories(ApiClient api, String cluster) {
    this.api = api;
    this.cluster = cluster;
  }

  ResourceScope revisions() {
    return ResourceScope.cluster(REVISIONS, cluster);
  }

  /** Selects the revisions of an object. */
  static String selector(ObjectKey key) {
    List<String> parts = new ArrayList<>();
    parts.add("resource=" + key.resource().resource());
    if (!key.resource().group().isEmpty()) {
      parts.add("group=" + key.resource().group());
    }
    if (!key.namespace().isEmpty()) {
      parts.add("namespace=" + key.namespace());
    }
    parts.add("name=" + key.name());
    return String.join(",", parts);
  }

  /** What is different now from a revision. */
  ApiResult<ObjectNode> compare(String revision) {
    ObjectNode diff = object("RevisionDiff");
    diff.putObject("spec").put("from", revision);
    return post("revisiondiffs", diff);
  }

  /** Makes the object what it was. */
  ApiResult<ObjectNode> restore(String revision) {
    ObjectNode restore = object("ObjectRestore");
    restore.putObject("spec").put("revision", revision);
    return post("objectrestores", restore);
  }

  private ApiResult<ObjectNode> post(String resource, ObjectNode body) {
    return api.review(ResourceScope.cluster(new GroupResource(GROUP, resource), cluster), body);
  }

  private static ObjectNode object(String kind) {
    ObjectNode object = Json.object();
    return object.put("apiVersion", GROUP + "/v1").put("kind", kind);
  }
}
