package dev.argosy.server.openapi;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.Subresource;
import dev.argosy.model.schema.field.FieldTable;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of one kind with their operations. */
record KindPaths(Dialect dialect, KindSchema kind, FieldTable fields) {

  void addTo(ObjectNode paths) {
    ResourceType type = kind.type();
    String base = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
    String inside = type.namespaced() ? base + "/namespaces/{namespace}" : base;
    String collection = inside + "/" + type.resource();
    if (type.namespaced() && type.verbs().contains("list")) {
      ObjectNode everywhere = paths.putObject(base + "/" + type.resource());
      operations("", type.kind() + "ForAllNamespaces").add(everywhere, "get", "list", true);
    }
    collection(paths.putObject(collection));
    if (type.stored()) {
      item(paths.putObject(collection + "/{name}"));
      for (Subresource subresource : kind.subresources()) {
        String path = collection + "/{name}/" + subresource.name();
        subresource(paths.putObject(path), subresource);
      }
    }
  }

  private Operations operations(String subresource, String id) {
    return new Operations(dialect, kind, subresource, id);
  }

  private String scoped() {
    return (kind.type().namespaced() ? "Namespaced" : "") + kind.type().kind();
  }

  private void collection(ObjectNode path) {
    List<String> verbs = kind.type().verbs();
    Operations operations = operations("", scoped());
    if (verbs.contains("list")) {
      operations.add(path, "get", "list", true);
    }
    if (verbs.contains("create")) {
      operations.add(path, "post", "post", false);
    }
    if (verbs.contains("deletecollection")) {
      operations("", "Collection" + scoped()).add(path, "delete", "deletecollection", true);
    }
    parameters(path, false);
  }

  private void item(ObjectNode path) {
    List<String> verbs = kind.type().verbs();
    Operations operations = operations("", scoped());
    if (verbs.contains("get")) {
      operations.add(path, "get", "get", false);
    }
    if (verbs.contains("update")) {
      operations.add(path, "put", "put", false);
    }
    if (verbs.contains("patch")) {
      operations.add(path, "patch", "patch", false);
    }
    if (verbs.contains("delete")) {
      operations.add(path, "delete", "delete", false);
    }
    parameters(path, true);
  }

  private void subresource(ObjectNode path, Subresource subresource) {
    String groupVersion =
        subresource.group().isEmpty()
            ? subresource.version()
            : subresource.group() + "/" + subresource.version();
    boolean itself = groupVersion.equals(kind.type().apiVersion());
    boolean document =
        (itself || fields.find(groupVersion, subresource.kind()).isPresent())
            && !subresource.kind().endsWith("Options")
            && !subresource.name().equals("log");
    String name = subresource.name();
    String id = scoped() + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    Operations operations =
        operations(document ? groupVersion + "/" + subresource.kind() : "-", id);
    for (String verb : subresource.verbs()) {
      switch (verb) {
        case "get" -> operations.add(path, "get", document ? "get" : "connect", false);
        case "update" -> operations.add(path, "put", "put", false);
        case "patch" -> operations.add(path, "patch", "patch", false);
        case "create" -> operations.add(path, "post", document ? "post" : "connect", false);
        default -> {}
      }
    }
    parameters(path, true);
  }

  private void parameters(ObjectNode path, boolean named) {
    if (!named && !kind.type().namespaced()) {
      return;
    }
    ArrayNode parameters = path.putArray("parameters");
    if (named) {
      parameters.add(Parameters.path(dialect, "name", "name of the " + kind.type().kind()));
    }
    if (kind.type().namespaced()) {
      parameters.add(
          Parameters.path(
              dialect, "namespace", "object name and auth scope, such as for teams and projects"));
    }
  }
}
