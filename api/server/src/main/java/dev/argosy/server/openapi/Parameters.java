package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of operations. */
final class Parameters {

  private static final List<String[]> WRITE =
      List.of(
          new String[] {"dryRun", "string", "All: do everything but keep nothing."},
          new String[] {"fieldManager", "string", "Who makes this change."},
          new String[] {
            "fieldValidation", "string", "What to do about unknown fields: Ignore, Warn or Strict."
          });
  private static final List<String[]> LIST =
      List.of(
          new String[] {"allowWatchBookmarks", "boolean", "Whether a watch wants bookmarks."},
          new String[] {"continue", "string", "Where the page before ended."},
          new String[] {"fieldSelector", "string", "Only objects whose fields match."},
          new String[] {"labelSelector", "string", "Only objects whose labels match."},
          new String[] {"limit", "integer", "At most so many objects."},
          new String[] {"resourceVersion", "string", "How new the answer must be."},
          new String[] {"resourceVersionMatch", "string", "NotOlderThan or Exact."},
          new String[] {"sendInitialEvents", "boolean", "Whether a watch begins with all objects."},
          new String[] {"timeoutSeconds", "integer", "When to end."},
          new String[] {"watch", "boolean", "Whether to go on with changes."});
  private static final List<String[]> DELETE =
      List.of(
          new String[] {"dryRun", "string", "All: do everything but keep nothing."},
          new String[] {"gracePeriodSeconds", "integer", "How long the object may take to end."},
          new String[] {"orphanDependents", "boolean", "Use propagationPolicy instead."},
          new String[] {
            "propagationPolicy",
            "string",
            "What becomes of dependents: Orphan, Background, Foreground."
          });

  private Parameters() {}

  static void addTo(ArrayNode parameters, Dialect dialect, String action) {
    switch (action) {
      case "list", "deletecollection" -> addAll(parameters, dialect, LIST);
      case "post", "put" -> addAll(parameters, dialect, WRITE);
      case "patch" -> {
        addAll(parameters, dialect, WRITE);
        parameters.add(
            parameter(
                dialect, "query", "force", "boolean", "Whether to take over conflicting fields."));
      }
      case "delete" -> addAll(parameters, dialect, DELETE);
      default -> {}
    }
  }

  private static void addAll(ArrayNode parameters, Dialect dialect, List<String[]> all) {
    all.forEach(p -> parameters.add(parameter(dialect, "query", p[0], p[1], p[2])));
  }

  static ObjectNode path(Dialect dialect, String name, String description) {
    return parameter(dialect, "path", name, "string", description).put("required", true);
  }

  private static ObjectNode parameter(
      Dialect dialect, String in, String name, String type, String description) {
    ObjectNode parameter =
        Json.object().put("name", name).put("in", in).put("description", description);
    if (dialect == Dialect.V2) {
      return parameter.put("type", type).put("uniqueItems", true);
    }
    parameter.putObject("schema").put("type", type).put("uniqueItems", true);
    return parameter;
  }
}
