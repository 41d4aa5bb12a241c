package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.description.Descriptions;
import dev.argosy.model.schema.field.FieldTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one table of kinds. Calls wait while a document is being made. */
final class Documents {

  private static final String JSON = "application/json";
  private static final String PROTOBUF =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
  private static final String TITLE = "Kubernetes";
  private static final String VERSION = "v1.35.0";

  private final FieldTable fields;
  private final Map<String, List<KindSchema>> groups = new LinkedHashMap<>();
  private @Nullable Document v2Json;
  private @Nullable Document v2Protobuf;
  private @Nullable Map<String, Document> v3;
  private @Nullable Document v3Index;

  Documents(KindTable kinds, FieldTable fields) {
    this.fields = fields;
    for (KindSchema kind : kinds.all()) {
      groups.computeIfAbsent(path(kind), path -> new ArrayList<>()).add(kind);
    }
  }

  private static String path(KindSchema kind) {
    String apiVersion = kind.type().apiVersion();
    return kind.type().group().isEmpty() ? "api/" + apiVersion : "apis/" + apiVersion;
  }

  synchronized Document v2Json() {
    Document made = v2Json;
    if (made == null) {
      made = Document.of(Json.mapper().writeValueAsBytes(v2()), JSON);
      v2Json = made;
    }
    return made;
  }

  synchronized Document v2Protobuf() {
    Document made = v2Protobuf;
    if (made == null) {
      made = Document.of(GnosticDocument.encode(v2()), PROTOBUF);
      v2Protobuf = made;
    }
    return made;
  }

  synchronized Document v3Index() {
    Document made = v3Index;
    if (made == null) {
      ObjectNode index = Json.object();
      ObjectNode paths = index.putObject("paths");
      all()
          .forEach((path, document) ->
              paths
                  .putObject(path)
                  .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + document.hash()));
      made = Document.of(Json.mapper().writeValueAsBytes(index), JSON);
      v3Index = made;
    }
    return made;
  }

  synchronized Optional<Document> v3(String path) {
    return Optional.ofNullable(all().get(path));
  }

  private Map<String, Document> all() {
    Map<String, Document> made = v3;
    if (made == null) {
      made = new LinkedHashMap<>();
      Descriptions descriptions = Descriptions.load();
      for (Map.Entry<String, List<KindSchema>> group : groups.entrySet()) {
        ObjectNode document = v3(group.getValue(), descriptions);
        made.put(group.getKey(), Document.of(Json.mapper().writeValueAsBytes(document), JSON));
      }
      v3 = made;
    }
    return made;
  }

  private ObjectNode v2() {
    ObjectNode document = Json.object().put("swagger", "2.0");
    document.putObject("info").put("title", TITLE).put("version", VERSION);
    List<KindSchema> kinds = groups.values().stream().flatMap(List::stream).toList();
    document.set("paths", paths(Dialect.V2, kinds));
    document.set("definitions", new Definitions(Dialect.V2, fields, Descriptions.load()).of(kinds));
    return document;
  }

  private ObjectNode v3(List<KindSchema> kinds, Descriptions descriptions) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", TITLE).put("version", VERSION);
    document.set("paths", paths(Dialect.V3, kinds));
    ObjectNode components = document.putObject("components");
    components.set("schemas", new Definitions(Dialect.V3, fields, descriptions).of(kinds));
    return document;
  }

  private ObjectNode paths(Dialect dialect, List<KindSchema> kinds) {
    ObjectNode paths = Json.object();
    kinds.forEach(kind -> new KindPaths(dialect, kind, fields).addTo(paths));
    return paths;
  }
}
