package dev.argosy.console.deploy;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.yaml.YamlScalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies pasted YAML: every document is created, or merged into the object that is there. A
 * document that is refused does not keep the others back.
 */
final class Manifests {

  private static final int MAX_CHARS = 3 * 1024 * 1024;

  private final ApiClient api;
  private final KindTable kinds;
  private final String cluster;

  Manifests(ApiClient api, KindTable kinds, String cluster) {
    this.api = api;
    this.kinds = kinds;
    this.cluster = cluster;
  }

  /**
   * What came of one document.
   *
   * @param subject kind and name, or which document it was
   * @param text what was done, or why not
   */
  record Outcome(String subject, boolean done, String text) {}

  /** Applies all documents in their order. */
  List<Outcome> apply(String yaml, String defaultNamespace) {
    List<ObjectNode> documents;
    try {
      documents = parse(yaml);
    } catch (YamlEngineException | IllegalArgumentException e) {
      return List.of(new Outcome("YAML", false, String.valueOf(e.getMessage())));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (ObjectNode document : documents) {
      outcomes.add(apply(document, defaultNamespace));
    }
    return outcomes;
  }

  private static List<ObjectNode> parse(String yaml) {
    if (yaml.length() > MAX_CHARS) {
      throw new IllegalArgumentException("The text is longer than 3 MiB.");
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new YamlScalars())
            .setMaxAliasesForCollections(50)
            .setAllowDuplicateKeys(false)
            .build();
    List<ObjectNode> documents = new ArrayList<>();
    for (Object document : new Load(settings).loadAllFromString(yaml)) {
      if (document != null) {
        documents.add(object(document, documents.size() + 1));
      }
    }
    if (documents.isEmpty()) {
      throw new IllegalArgumentException("There is no document in the text.");
    }
    return documents;
  }

  private static ObjectNode object(Object document, int number) {
    if (Json.mapper().valueToTree(document) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("Document " + number + " is no object.");
  }

  private Outcome apply(ObjectNode object, String defaultNamespace) {
    String kind = object.path("kind").asString("");
    String apiVersion = object.path("apiVersion").asString("");
    String name = object.path("metadata").path("name").asString("");
    String subject = kind + " " + name;
    Optional<KindSchema> schema = kinds.ofKind(apiVersion, kind);
    if (schema.isEmpty()) {
      return new Outcome(
          subject, false, "There is no kind \"" + kind + "\" in version \"" + apiVersion + "\".");
    }
    if (name.isEmpty()) {
      return new Outcome(subject, false, "metadata.name is missing.");
    }
    ResourceType type = schema.get().type();
    String namespace =
        type.namespaced()
            ? object.path("metadata").path("namespace").asString(defaultNamespace)
            : "";
    return store(subject, new ObjectKey(type.groupResource(), cluster, namespace, name), object);
  }

  private Outcome store(String subject, ObjectKey key, ObjectNode object) {
    ResourceScope scope = ResourceScope.namespace(key.resource(), cluster, key.namespace());
    ApiResult<ApiObject> created = api.create(scope, object.deepCopy());
    if (created.refusedFor(Reason.ALREADY_EXISTS)) {
      return outcome(subject, "configured", api.patch(key, "", Patch.merge(object)));
    }
    return outcome(subject, "created", created);
  }

  private static Outcome outcome(String subject, String done, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject> ok -> new Outcome(subject, true, done);
      case ApiResult.Refused<ApiObject>(Status status) ->
          new Outcome(subject, false, status.message());
    };
  }
}
