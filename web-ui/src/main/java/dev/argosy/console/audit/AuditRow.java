package dev.argosy.console.audit;

import dev.argosy.console.layout.Health;
import dev.argosy.console.live.Moment;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the list of audit records shows of one.
 *
 * @param user who asked, and as whom, if that is somebody else
 * @param resource with its part, such as {@code pods/exec}; the path of what is no resource
 */
record AuditRow(
    ObjectKey key,
    @Nullable Instant at,
    String user,
    String verb,
    String resource,
    String namespace,
    String name,
    int code,
    boolean allowed) {

  static AuditRow of(ApiObject record) {
    JsonNode tree = record.tree();
    return new AuditRow(
        record.key(),
        Moment.in(tree.path("at")),
        user(tree),
        tree.path("verb").asString(""),
        resource(tree),
        tree.path("namespace").asString(""),
        tree.path("name").asString(""),
        tree.path("code").asInt(0),
        tree.path("decision").asString("").equals("allow"));
  }

  private static String user(JsonNode tree) {
    String user = tree.path("user").asString("");
    String as = tree.path("impersonatedUser").asString("");
    return as.isEmpty() ? user : user + " as " + as;
  }

  private static String resource(JsonNode tree) {
    String resource = tree.path("resource").asString("");
    String part = tree.path("subresource").asString("");
    if (resource.isEmpty()) {
      return tree.path("path").asString("");
    }
    return part.isEmpty() ? resource : resource + "/" + part;
  }

  Health health() {
    if (!allowed) {
      return Health.BAD;
    }
    return code >= 400 ? Health.WARNING : Health.GOOD;
  }

  /** What came of it, in a word. */
  String outcome() {
    return (allowed ? "" : "Forbidden ") + code;
  }
}
