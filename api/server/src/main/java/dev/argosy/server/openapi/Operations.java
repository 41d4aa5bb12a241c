package dev.argosy.server.openapi;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Operations on one path.
 *
 * @param body {@code groupVersion/Kind} of bodies that are not the kind itself; {@code -} for
 *     conversations without a document; empty for the kind itself
 * @param noun what the identifiers of operations end with
 */
record Operations(Dialect dialect, KindSchema kind, String body, String noun) {

  private static final List<String> PATCHES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml");
  private static final String JSON = "application/json";

  private ResourceType type() {
    return kind.type();
  }

  void add(ObjectNode path, String method, String action, boolean list) {
    ResourceType type = type();
    ObjectNode operation = path.putObject(method);
    operation.putArray("tags").add(tag());
    operation.put("description", action + " " + type.kind());
    operation.put("operationId", verb(action) + id(tag()) + noun);
    boolean writes = method.equals("post") || method.equals("put");
    if (dialect == Dialect.V2) {
      ArrayNode consumes = operation.putArray("consumes");
      (method.equals("patch") ? patches() : List.of("*/*")).forEach(consumes::add);
      operation.putArray("produces").add(JSON);
    }
    ArrayNode parameters = Json.mapper().createArrayNode();
    String sent =
        method.equals("patch")
            ? TypeNames.META + "Patch"
            : method.equals("delete") ? TypeNames.META + "DeleteOptions" : name();
    boolean document = !body.equals("-");
    if (document && (writes || method.equals("patch") || method.equals("delete"))) {
      body(operation, parameters, sent, method);
    }
    Parameters.addTo(parameters, dialect, document ? action : "");
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    responses(operation, action, list);
    operation.put("x-kubernetes-action", action);
    operation.set(FieldSchemas.KIND, groupVersionKind());
  }

  /** Custom resources know no strategic merge. */
  private List<String> patches() {
    return kind.struct().isPresent()
        ? PATCHES
        : PATCHES.stream().filter(patch -> !patch.contains("strategic")).toList();
  }

  private void body(ObjectNode operation, ArrayNode parameters, String name, String method) {
    if (dialect == Dialect.V2) {
      ObjectNode parameter = parameters.addObject().put("name", "body").put("in", "body");
      if (!method.equals("delete")) {
        parameter.put("required", true);
      }
      parameter.set("schema", dialect.reference(name));
      return;
    }
    ObjectNode content = operation.putObject("requestBody").putObject("content");
    for (String media : method.equals("patch") ? patches() : List.of("*/*")) {
      content.putObject(media).set("schema", dialect.reference(name));
    }
  }

  private void responses(ObjectNode operation, String action, boolean list) {
    ObjectNode ok = operation.putObject("responses").putObject("200").put("description", "OK");
    ObjectNode schema =
        body.equals("-")
            ? Json.object().put("type", "string")
            : dialect.reference(answer(action, list));
    if (dialect == Dialect.V2) {
      ok.set("schema", schema);
    } else {
      ok.putObject("content").putObject(JSON).set("schema", schema);
    }
  }

  private String answer(String action, boolean list) {
    if (action.startsWith("delete")) {
      return TypeNames.META + "Status";
    }
    return list ? TypeNames.of(type().apiVersion(), kind.listKind()) : name();
  }

  private String name() {
    if (body.isEmpty() || body.equals("-")) {
      return TypeNames.of(type().apiVersion(), type().kind());
    }
    int slash = body.lastIndexOf('/');
    return TypeNames.of(body.substring(0, slash), body.substring(slash + 1));
  }

  private ObjectNode groupVersionKind() {
    ResourceType type = type();
    ObjectNode kind = Json.object();
    if (body.isEmpty() || body.equals("-")) {
      return kind.put("group", type.group())
          .put("kind", type.kind())
          .put("version", type.version());
    }
    int last = body.lastIndexOf('/');
    String groupVersion = body.substring(0, last);
    int slash = groupVersion.indexOf('/');
    return kind.put("group", slash < 0 ? "" : groupVersion.substring(0, slash))
        .put("kind", body.substring(last + 1))
        .put("version", groupVersion.substring(slash + 1));
  }

  /** For example {@code core_v1}, {@code rbacAuthorization_v1}. */
  private String tag() {
    String group = type().group().isEmpty() ? "core" : type().group().replace(".k8s.io", "");
    StringBuilder camel = new StringBuilder();
    for (String part : group.split("\\.")) {
      camel.append(camel.isEmpty() ? part : capital(part));
    }
    return camel + "_" + type().version();
  }

  private static String id(String tag) {
    int bar = tag.indexOf('_');
    return capital(tag.substring(0, bar)) + capital(tag.substring(bar + 1));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String verb(String action) {
    return switch (action) {
      case "get" -> "read";
      case "post" -> "create";
      case "put" -> "replace";
      case "deletecollection" -> "delete";
      default -> action;
    };
  }
}
