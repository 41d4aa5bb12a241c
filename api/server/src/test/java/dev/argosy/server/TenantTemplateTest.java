package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What new tenants begin with. */
class TenantTemplateTest {

  private static final String ROOT = "/apis/tenancy.argosy.dev/v1/";

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static JsonNode template(int code, String name, String objects) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"objects\":[%s]}}";
    return ok(
        code,
        rig.call("POST", ROOT + "tenanttemplates", rig.admin(), body.formatted(name, objects)));
  }

  private static JsonNode tenant(int code, String name, String template) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"template\":\"%s\"}}";
    return ok(
        code, rig.call("POST", ROOT + "tenants", rig.admin(), body.formatted(name, template)));
  }

  private static JsonNode tenant(String name) throws Exception {
    return ok(200, rig.call("GET", ROOT + "tenants/" + name, rig.admin(), null));
  }

  private static JsonNode condition(String tenant) throws Exception {
    for (JsonNode condition : tenant(tenant).path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("TemplateApplied")) {
        return condition;
      }
    }
    return tenant(tenant).path("no such condition");
  }

  private static AccessRig.Answer in(String tenant, String path) throws Exception {
    return rig.call("GET", "/clusters/" + tenant + path, rig.admin(), null);
  }

  @Test
  void aTenantBeginsWithWhatItsTemplateSays() throws Exception {
    template(
        201,
        "team",
        """
        {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"most","namespace":"apps"},
         "spec":{"hard":{"pods":"10"}}},
        {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",
         "metadata":{"name":"closed","namespace":"apps"},
         "spec":{"podSelector":{},"policyTypes":["Ingress"]}},
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding",
         "metadata":{"name":"readers"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
         "subjects":[{"kind":"Group","name":"readers","apiGroup":"rbac.authorization.k8s.io"}]},
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"apps","labels":{"a":"b"}}},
        {"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"usual","namespace":"default"},
         "spec":{"limits":[{"type":"Container","default":{"cpu":"1"}}]}}
        """);
    tenant(201, "initech", "team");
    AccessRig.await(() -> tenant("initech").at("/status/phase").asString("").equals("Active"));
    assertThat(condition("initech").path("status").asString()).isEqualTo("True");
    assertThat(
            ok(200, in("initech", "/api/v1/namespaces/apps")).at("/metadata/labels/a").asString())
        .isEqualTo("b");
    ok(200, in("initech", "/api/v1/namespaces/apps/resourcequotas/most"));
    ok(200, in("initech", "/apis/networking.k8s.io/v1/namespaces/apps/networkpolicies/closed"));
    ok(200, in("initech", "/api/v1/namespaces/default/limitranges/usual"));
    String reader = rig.issuer.token("rea", "readers");
    AccessRig.await(
        () -> rig.call("GET", "/clusters/initech/api/v1/pods", reader, null).code() == 200);
    JsonNode refused =
        ok(
            422,
            rig.call(
                "PATCH",
                ROOT + "tenants/initech",
                rig.admin(),
                "{\"spec\":{\"template\":\"other\"}}"));
    assertThat(refused.path("message").asString())
        .endsWith("spec.template: Invalid value: \"other\": field is immutable");
  }

  @Test
  void badTemplatesAreRefusedWhenTheyAreWritten() throws Exception {
    JsonNode refused =
        template(
            422,
            "bad",
            """
            {"apiVersion":"v1","kind":"Gadget","metadata":{"name":"a"}},
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"default"}},
            {"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"a"}},
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"x","namespace":"y"}},
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"Upper"}},
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"},"more":1},
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"b"},"data":3},
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"c","namespace":"b"}},
            "text"
            """);
    String message = refused.path("message").asString();
    assertThat(message)
        .contains("spec.objects[0].kind: Invalid value: Gadget in v1 cannot be in a template")
        .contains("spec.objects[1].kind: Invalid value: Pod in v1 cannot be in a template")
        .contains("spec.objects[2].metadata.namespace: Required value")
        .contains("spec.objects[3].metadata.namespace: Forbidden: a Namespace has no namespace")
        .contains("spec.objects[4].metadata.name: Invalid value: \"Upper\"")
        .contains("spec.objects[5].more: Invalid value: unknown field")
        .contains("spec.objects[6]: Invalid value: ")
        .contains("spec.objects[7].metadata.name: Required value")
        .contains("spec.objects[8]: Invalid value: must be an object");
    String map =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"}}";
    assertThat(template(422, "twice", map + "," + map).path("message").asString())
        .contains("spec.objects[1]: Duplicate value: \"a\"");
    assertThat(tenant(422, "lost", "nothing").path("message").asString())
        .isEqualTo(
            "Tenant.tenancy.argosy.dev \"lost\" is invalid: spec.template: Not found: \"nothing\"");
  }

  /** Its namespace is nobody's: the tenant waits, says why, and goes on once that is mended. */
  @Test
  void aTemplateThatCannotBeAppliedIsTold() throws Exception {
    String map =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"namespace\":\"apps\"}}";
    template(201, "early", map);
    tenant(201, "waiting", "early");
    AccessRig.await(() -> condition("waiting").path("reason").asString("").equals("Failed"));
    assertThat(condition("waiting").path("message").asString())
        .isEqualTo("ConfigMap a: namespaces \"apps\" not found");
    assertThat(tenant("waiting").at("/status/phase").asString("")).isNotEqualTo("Active");
    String namespace =
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"apps\"}}";
    String mended = "{\"spec\":{\"objects\":[" + map + "," + namespace + "]}}";
    ok(200, rig.call("PATCH", ROOT + "tenanttemplates/early", rig.admin(), mended));
    AccessRig.await(() -> tenant("waiting").at("/status/phase").asString("").equals("Active"));
  }
}
