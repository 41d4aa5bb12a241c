package dev.argosy.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.openapi.OpenApiAnswers.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private final OpenApi openApi = new OpenApi(KINDS.fields());

  private static JsonNode json(Document document) {
    return Json.parse(document.bytes());
  }

  private JsonNode v3(String path) {
    return json(openApi.v3(KINDS.root(), path).orElseThrow());
  }

  @Test
  void everyReferenceHasItsDefinition() {
    check(json(openApi.v2Json(KINDS.root())), "#/definitions/", "/definitions");
    for (String path : json(openApi.v3Index(KINDS.root())).path("paths").propertyNames()) {
      check(v3(path), "#/components/schemas/", "/components/schemas");
    }
  }

  private static void check(JsonNode document, String prefix, String place) {
    JsonNode definitions = document.at(place);
    List<String> missing = new ArrayList<>();
    for (JsonNode found : document.findValues("$ref")) {
      // schemas have a field of that name, too
      if (found.isString() && !definitions.has(found.stringValue().substring(prefix.length()))) {
        missing.add(found.stringValue());
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Argo CD takes no document in which a kind stands twice. */
  @Test
  void everyKindHasOneDefinition() {
    List<String> twice = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode definition : json(openApi.v2Json(KINDS.root())).path("definitions")) {
      for (JsonNode kind : definition.path("x-kubernetes-group-version-kind")) {
        if (!seen.add(kind.toString())) {
          twice.add(kind.toString());
        }
      }
    }
    assertThat(twice).isEmpty();
  }

  @Test
  void saysWhatKubectlLooksFor() {
    JsonNode document = v3("apis/apps/v1");
    JsonNode spec = document.path("components").path("schemas").path("io.k8s.api.core.v1.PodSpec");
    JsonNode containers = spec.path("properties").path("containers");
    assertThat(containers.path("description").asString("")).startsWith("List of containers");
    assertThat(containers.path("x-kubernetes-patch-merge-key").asString("")).isEqualTo("name");
    assertThat(containers.path("x-kubernetes-patch-strategy").asString("")).isEqualTo("merge");
    assertThat(containers.path("x-kubernetes-list-map-keys").path(0).asString(""))
        .isEqualTo("name");
    assertThat(spec.path("required").toString()).isEqualTo("[\"containers\"]");
    JsonNode patch =
        document
            .path("paths")
            .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
            .path("patch");
    assertThat(patch.path("parameters").findValuesAsString("name"))
        .contains("dryRun", "fieldValidation", "fieldManager");
    assertThat(patch.path("x-kubernetes-group-version-kind").path("kind").asString(""))
        .isEqualTo("Deployment");
  }

  @Test
  void saysWhichTextsAreAllowed() {
    JsonNode schemas = v3("apis/admissionregistration.k8s.io/v1").at("/components/schemas");
    JsonNode webhook = schemas.path("io.k8s.api.admissionregistration.v1.MutatingWebhook");
    assertThat(webhook.at("/properties/failurePolicy/enum").toString())
        .isEqualTo("[\"Fail\",\"Ignore\"]");
    JsonNode rule = schemas.path("io.k8s.api.admissionregistration.v1.RuleWithOperations");
    assertThat(rule.at("/properties/operations/items/enum").toString())
        .isEqualTo("[\"*\",\"CONNECT\",\"CREATE\",\"DELETE\",\"UPDATE\"]");
    JsonNode core = v3("api/v1").at("/components/schemas");
    assertThat(core.at("/io.k8s.api.core.v1.Container/properties/imagePullPolicy/enum")).hasSize(3);
    assertThat(core.at("/io.k8s.api.core.v1.Secret/properties/type").has("enum")).isFalse();
  }

  @Test
  void describesMostFields() {
    JsonNode definitions = json(openApi.v2Json(KINDS.tenant())).path("definitions");
    int all = 0;
    int described = 0;
    for (JsonNode definition : definitions) {
      for (JsonNode property : definition.path("properties")) {
        all++;
        described += property.has("description") ? 1 : 0;
      }
    }
    assertThat(all).isGreaterThan(800);
    assertThat(described / (double) all).isGreaterThan(0.97);
  }

  @Test
  void writesTheProtobufForm() throws Exception {
    UnknownFieldSet document = UnknownFieldSet.parseFrom(openApi.v2Protobuf(KINDS.root()).bytes());
    assertThat(document.getField(1).getLengthDelimitedList().getFirst().toStringUtf8())
        .isEqualTo("2.0");
    UnknownFieldSet definitions =
        UnknownFieldSet.parseFrom(document.getField(9).getLengthDelimitedList().getFirst());
    assertThat(definitions.getField(1).getLengthDelimitedList())
        .hasSize(json(openApi.v2Json(KINDS.root())).path("definitions").size());
  }

  @Test
  void keepsDocumentsPerTableAndAnswersConditionally() {
    assertThat(openApi.v3Index(KINDS.tenant())).isSameAs(openApi.v3Index(KINDS.tenant()));
    assertThat(
            json(openApi.v3Index(KINDS.tenant())).path("paths").has("apis/tenancy.argosy.dev/v1"))
        .isFalse();
    OpenApiAnswers answers = new OpenApiAnswers(openApi);
    Document document = openApi.v3(KINDS.root(), "api/v1").orElseThrow();
    assertThat(answers.get(KINDS.root(), "/openapi/v3/api/v1", "", "", document.etag()))
        .isInstanceOf(Answer.NotModified.class);
    assertThat(answers.get(KINDS.root(), "/openapi/v3/api/v1", "", document.hash(), ""))
        .isEqualTo(new Answer.Found(document, true));
    assertThat(answers.get(KINDS.root(), "/openapi/v3/api/v1", "", "OLD", ""))
        .isInstanceOf(Answer.Moved.class);
    assertThat(answers.get(KINDS.root(), "/openapi/v3/apis/none/v1", "", "", ""))
        .isInstanceOf(Answer.Unknown.class);
  }
}
