package dev.argosy.model.client.wire;

import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Bodies of the API as values. */
public final class WireObjects {

  private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

  private WireObjects() {}

  /** An object of a scope; where the scope spans clusters or namespaces, metadata tells which. */
  public static ApiObject object(ResourceScope scope, JsonNode tree) {
    JsonNode metadata = tree.path("metadata");
    String cluster = scope.allClusters() ? text(metadata, "clusterName") : scope.cluster();
    ObjectKey key =
        new ObjectKey(
            scope.resource(), cluster, text(metadata, "namespace"), text(metadata, "name"));
    return ApiObject.ofWire(key, revision(metadata), Json.mapper().writeValueAsBytes(tree));
  }

  /** An object whose key is known. */
  public static ApiObject object(ObjectKey key, JsonNode tree) {
    return ApiObject.ofWire(
        key, revision(tree.path("metadata")), Json.mapper().writeValueAsBytes(tree));
  }

  /** A page of a list. */
  public static ObjectList list(ResourceScope scope, JsonNode tree) {
    List<ApiObject> items = new ArrayList<>();
    for (JsonNode item : tree.path("items")) {
      items.add(object(scope, item));
    }
    JsonNode metadata = tree.path("metadata");
    return new ObjectList(items, revision(metadata), text(metadata, "continue"));
  }

  /** A line of a watch. */
  public static WatchEvent event(ResourceScope scope, JsonNode line) {
    JsonNode object = line.path("object");
    return switch (text(line, "type")) {
      case "ADDED" -> new WatchEvent.Added(object(scope, object));
      case "MODIFIED" -> new WatchEvent.Modified(object(scope, object));
      case "DELETED" -> new WatchEvent.Deleted(object(scope, object));
      case "BOOKMARK" ->
          new WatchEvent.Bookmark(
              revision(object.path("metadata")),
              "true".equals(text(object.path("metadata").path("annotations"), INITIAL_EVENTS_END)));
      default -> new WatchEvent.Failed(status(object, 500));
    };
  }

  /**
   * What a refusal says.
   *
   * @param body the answer, whatever it was
   * @param code of the answer, for a body that says nothing
   */
  public static Status status(JsonNode body, int code) {
    JsonNode details = body.path("details");
    List<Cause> causes = new ArrayList<>();
    for (JsonNode cause : details.path("causes")) {
      causes.add(new Cause(text(cause, "reason"), text(cause, "message"), text(cause, "field")));
    }
    String message = text(body, "message");
    return new Status(
        reason(text(body, "reason"), code),
        body.path("code").asInt(code),
        message.isEmpty() ? "the server answered " + code : message,
        new GroupResource(text(details, "group"), text(details, "kind")),
        text(details, "name"),
        causes,
        details.path("retryAfterSeconds").asInt(0));
  }

  private static Reason reason(String text, int code) {
    Reason named = Reason.of(text);
    if (named != Reason.UNKNOWN) {
      return named;
    }
    for (Reason reason : Reason.values()) {
      if (reason.code() == code) {
        return reason;
      }
    }
    return Reason.UNKNOWN;
  }

  private static long revision(JsonNode metadata) {
    String text = text(metadata, "resourceVersion");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0; // others may count otherwise
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
