package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Api;
import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Tenant;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of Terraform's {@code kubernetes_manifest}, in its order. Programs themselves are
 * run by {@code ops/clients}.
 */
class TerraformTest {

  private static final String APPLY = "application/apply-patch+yaml";
  private static final String MANAGER = "?fieldManager=Terraform&force=false";

  @TestFactory
  Stream<DynamicTest> manifest() {
    return new Part("Terraform: kubernetes_manifest")
        .sequence("Terraform", "find types in OpenAPI v2", TerraformTest::findsTypes)
        .sequence("Terraform", "plan, apply, change, import, destroy", TerraformTest::applies)
        .sequence("Terraform", "be refused where another manager owns", TerraformTest::conflicts)
        .tests();
  }

  private static void findsTypes(Tenant tenant, String namespace) {
    JsonNode definitions = Api.json(tenant.get("/openapi/v2")).path("definitions");
    JsonNode service = definitions.path("io.k8s.api.core.v1.Service");
    JsonNode gvk = service.path("x-kubernetes-group-version-kind").path(0);
    assertThat(gvk.path("kind").asString()).isEqualTo("Service");
    for (JsonNode definition : definitions) {
      definition
          .findValues("$ref")
          .forEach(value -> {
            String ref = value.isString() ? value.asString() : value.path("$ref").asString("");
            String name = ref.substring(ref.lastIndexOf('/') + 1);
            assertThat(name.isEmpty() || definitions.has(name)).as(ref).isTrue();
          });
    }
    assertThat(tenant.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions").statusCode())
        .isEqualTo(200);
  }

  private static void applies(Tenant tenant, String namespace) {
    String path = path(namespace);
    assertThat(tenant.get(path).statusCode()).isEqualTo(404);
    JsonNode planned = ok(apply(tenant, path, "&dryRun=All", manifest(80)), 200, 201);
    assertThat(planned.path("spec").path("ports").path(0).path("protocol").asString())
        .isEqualTo("TCP");
    assertThat(tenant.get(path).statusCode()).isEqualTo(404);
    ok(apply(tenant, path, "", manifest(80)), 201);
    JsonNode imported = ok(tenant.get(path), 200);
    JsonNode again = ok(apply(tenant, path, "&dryRun=All", manifest(80)), 200);
    assertThat(withoutTimes(again)).isEqualTo(withoutTimes(imported));
    JsonNode changed = ok(apply(tenant, path, "", manifest(81)), 200);
    assertThat(changed.path("spec").path("ports")).hasSize(1);
    assertThat(changed.path("spec").path("clusterIP"))
        .isEqualTo(imported.path("spec").path("clusterIP"));
    ok(tenant.send("DELETE", path, "application/json", ""), 200);
    Eventually.until(
        Duration.ofSeconds(10), () -> tenant.get(path).statusCode(), code -> code == 404);
  }

  private static void conflicts(Tenant tenant, String namespace) {
    String path = path(namespace);
    ok(apply(tenant, path, "", manifest(80)), 201);
    String other =
        "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"front\"},\"spec\":{\"selector\":{\"app\":\"other\"}}}";
    HttpResponse<String> answer = tenant.send("PATCH", path + "?fieldManager=other", APPLY, other);
    JsonNode status = ok(answer, 409);
    assertThat(status.path("message").asString()).contains("conflict with \"Terraform\"");
    assertThat(status.path("details").path("causes").path(0).path("field").asString())
        .isEqualTo(".spec.selector");
  }

  private static HttpResponse<String> apply(
      Tenant tenant, String path, String query, String manifest) {
    return tenant.send("PATCH", path + MANAGER + query, APPLY, manifest);
  }

  private static JsonNode ok(HttpResponse<String> answer, Integer... codes) {
    assertThat(answer.statusCode()).as(answer.body()).isIn((Object[]) codes);
    return Api.json(answer);
  }

  private static JsonNode withoutTimes(JsonNode object) {
    ObjectNode copy = (ObjectNode) object.deepCopy();
    ((ObjectNode) copy.path("metadata")).remove("managedFields");
    return copy;
  }

  private static String path(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/services/front";
  }

  private static String manifest(int port) {
    return """
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "front"},
     "spec": {"selector": {"app": "front"}, "ports": [{"port": %d}]}}
    """
        .formatted(port);
  }
}
