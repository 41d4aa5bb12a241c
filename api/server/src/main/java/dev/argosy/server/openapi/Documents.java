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

/**
 * The documents of one table of kinds. Calls wait while a document is being made. Documents of a
 * table that adds to another one share what is the same.
 */
final class Documents {

  private static final String JSON = "application/json";
  private static final String TITLE = "Kubernetes";
  private static final String VERSION = "v1.35.0";

  private final FieldTable fields;
  private final @Nullable Documents base;
  private final Map<String, List<KindSchema>> groups = new LinkedHashMap<>();
  private final Map<String, Document> v3 = new LinkedHashMap<>();
  private @Nullable Version2 version2;
  private @Nullable Document v2Json;
  private @Nullable Document v2Protobuf;
  private @Nullable Document v3Index;

  /** The documents of a table that stands alone. */
  Documents(KindTable kinds, FieldTable fields) {
    this(kinds, fields, null);
  }

  /**
   * The documents of a table.
   *
   * @param kinds what it has besides those of {@code base}
   * @param base the documents of what it shares with others; null if it stands alone
   */
  Documents(KindTable kinds, FieldTable fields, @Nullable Documents base) {
    this.fields = fields;
    this.base = base;
    for (KindSchema kind : kinds.all()) {
      String path = path(kind);
      groups.computeIfAbsent(path, p -> new ArrayList<>(sharedKinds(p))).add(kind);
    }
  }

  /** A group version that is in both has all kinds in one document. */
  private List<KindSchema> sharedKinds(String path) {
    return base == null ? List.of() : base.groups.getOrDefault(path, List.of());
  }

  private static String path(KindSchema kind) {
    String apiVersion = kind.type().apiVersion();
    return kind.type().group().isEmpty() ? "api/" + apiVersion : "apis/" + apiVersion;
  }

  synchronized Document v2Json() {
    Document made = v2Json;
    if (made == null) {
      made = json(version2());
      v2Json = made;
    }
    return made;
  }

  synchronized Document v2Protobuf() {
    Document made = v2Protobuf;
    if (made == null) {
      made = protobuf(version2());
      v2Protobuf = made;
    }
    return made;
  }

  static Document json(Version2 document) {
    return Document.of(document.json(), JSON);
  }

  static Document protobuf(Version2 document) {
    return Document.of(document.protobuf(), Version2.PROTOBUF);
  }

  /** The index of this table and of others. */
  Document v3Index(Map<String, String> others) {
    ObjectNode index = (ObjectNode) Json.mapper().readTree(v3Index().bytes());
    ObjectNode paths = index.withObject("paths");
    others.forEach((path, hash) -> {
      if (!paths.has(path)) {
        paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash);
      }
    });
    return Document.of(Json.mapper().writeValueAsBytes(index), JSON);
  }

  synchronized Version2 version2() {
    Version2 made = version2;
    if (made == null) {
      Version2 shared = base == null ? null : base.version2();
      made = shared == null ? whole() : shared.with(additions());
      version2 = made;
    }
    return made;
  }

  private Version2 whole() {
    List<KindSchema> kinds = groups.values().stream().flatMap(List::stream).toList();
    return Version2.of(
        paths(Dialect.V2, kinds),
        new Definitions(Dialect.V2, fields, Descriptions.load()).of(kinds));
  }

  private Version2 additions() {
    List<KindSchema> kinds =
        groups.values().stream()
            .flatMap(List::stream)
            .filter(kind -> kind.struct().isEmpty())
            .toList();
    return Version2.of(paths(Dialect.V2, kinds), Definitions.ofCustom(Dialect.V2, kinds));
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
    if (groups.containsKey(path)) {
      return Optional.ofNullable(own().get(path));
    }
    return base == null ? Optional.empty() : base.v3(path);
  }

  private synchronized Map<String, Document> all() {
    Map<String, Document> all = new LinkedHashMap<>();
    if (base != null) {
      all.putAll(base.all());
    }
    all.putAll(own());
    return all;
  }

  private Map<String, Document> own() {
    if (v3.isEmpty() && !groups.isEmpty()) {
      Descriptions descriptions = Descriptions.load();
      groups.forEach((path, kinds) ->
          v3.put(
              path, Document.of(Json.mapper().writeValueAsBytes(v3(kinds, descriptions)), JSON)));
    }
    return v3;
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

  /** What every document says of itself. */
  static ObjectNode information() {
    return Json.object().put("title", TITLE).put("version", VERSION);
  }
}
