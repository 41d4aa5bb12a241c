package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was is brought back, under the rights of whoever asks. */
class HistoryRestoreTest extends HistoryScene {

  HistoryRestoreTest(HistoryScene.Servers servers) {
    super(servers);
  }

  @Test
  void restoresUnderTheRightsOfWhoAsks() throws Exception {
    make(ann, "back", "{\"a\":\"1\"}");
    String now =
        patch(
                ann,
                "configmaps/back",
                "{\"data\":{\"a\":\"2\"},\"metadata\":{\"labels\":{\"l\":\"x\"}}}")
            .path("metadata")
            .path("resourceVersion")
            .asString("");
    JsonNode first = await(ann, of("back"), 2).getLast();
    assertThat(restore(vic, first).code()).isEqualTo(403);
    String stale =
        "{\"revision\":\""
            + name(first)
            + "\",\"resourceVersion\":\""
            + (Long.parseLong(now) - 1)
            + "\"}";
    assertThat(post(ann, "objectrestores", stale).code()).isEqualTo(409);
    JsonNode dry =
        ok(201, post(ann, "objectrestores?dryRun=All", "{\"revision\":\"" + name(first) + "\"}"));
    assertThat(dry.path("status").path("action").asString("")).isEqualTo("Updated");
    assertThat(ok(200, rig.call("GET", NS + "configmaps/back", ann, null)).path("data").toString())
        .isEqualTo("{\"a\":\"2\"}");
    JsonNode done = ok(201, restore(ann, first)).path("status");
    assertThat(done.path("action").asString("")).isEqualTo("Updated");
    JsonNode live = ok(200, rig.call("GET", NS + "configmaps/back", ann, null));
    assertThat(live.path("data").toString()).isEqualTo("{\"a\":\"1\"}");
    assertThat(live.path("metadata").has("labels")).isFalse();
    assertThat(live.path("metadata").path("resourceVersion"))
        .isEqualTo(done.path("resourceVersion"));
    assertThat(texts(await(ann, of("back"), 3), "user")).containsOnly("ann");
    assertThat(ok(201, restore(ann, first)).path("status").path("action").asString(""))
        .isEqualTo("Unchanged");
  }

  @Test
  void bringsBackWhatWasDeletedWithAddressesOfItsOwn() throws Exception {
    String body =
        "{\"metadata\":{\"name\":\"gone\"},\"spec\":{\"ports\":[{\"port\":80}],\"selector\":{\"a\":\"b\"}}}";
    JsonNode made = ok(201, rig.call("POST", NS + "services", ann, body));
    ok(200, rig.call("DELETE", NS + "services/gone", ann, null));
    String selector = "resource=services,namespace=default,name=gone";
    List<JsonNode> all = await(ann, selector, 2);
    assertThat(texts(all, "change")).containsExactly("Deleted", "Created");
    assertThat(all.getFirst().path("verb").asString("")).isEqualTo("delete");
    assertThat(restore(vic, all.getFirst()).code()).isEqualTo(403);
    JsonNode done = ok(201, restore(ann, all.getFirst())).path("status");
    assertThat(done.path("action").asString("")).isEqualTo("Created");
    assertThat(done.path("kept").toString()).contains("/spec/clusterIP");
    JsonNode live = ok(200, rig.call("GET", NS + "services/gone", ann, null));
    assertThat(live.path("spec").path("selector").path("a").asString("")).isEqualTo("b");
    assertThat(live.path("metadata").path("uid"))
        .isEqualTo(done.path("uid"))
        .isNotEqualTo(made.path("metadata").path("uid"));
    patch(ann, "services/gone", "{\"spec\":{\"selector\":{\"a\":\"c\"}}}");
    List<JsonNode> later = await(ann, selector, 4);
    JsonNode onto = ok(201, restore(ann, later.getLast())).path("status");
    assertThat(onto.path("action").asString("")).isEqualTo("Updated");
    JsonNode again = ok(200, rig.call("GET", NS + "services/gone", ann, null));
    assertThat(again.path("spec").path("clusterIP")).isEqualTo(live.path("spec").path("clusterIP"));
    assertThat(again.path("spec").path("selector").path("a").asString("")).isEqualTo("b");
    String uid = made.path("metadata").path("uid").asString("");
    assertThat(texts(list(ann, "uid=" + uid), "change")).containsExactly("Deleted", "Created");
  }

  @Test
  void whatMayNotBeDoneMayNotBeRestored() throws Exception {
    JsonNode made = make(ann, "fixed", "{\"a\":\"1\"}");
    assertThat(made.has("immutable")).isFalse();
    patch(ann, "configmaps/fixed", "{\"immutable\":true,\"data\":{\"a\":\"2\"}}");
    JsonNode first = await(ann, of("fixed"), 2).getLast();
    AccessRig.Answer answer = restore(ann, first);
    assertThat(answer.code()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("field is immutable when `immutable` is set");
  }

  @Test
  void thePlatformsOwnKindsHaveAHistoryToo() throws Exception {
    member(rig, "acme", "kim", "viewer");
    String path = "/apis/tenancy.argosy.dev/v1/members/acme-kim";
    ok(200, rig.call("PATCH", path, rig.admin(), "{\"spec\":{\"role\":\"member\"}}"));
    List<JsonNode> all = await(rig.admin(), "resource=members,name=acme-kim", 2);
    assertThat(texts(all, "user")).containsOnly("boss");
    ok(201, restore(rig.admin(), all.getLast()));
    JsonNode live = ok(200, rig.call("GET", path, rig.admin(), null));
    assertThat(live.path("spec").path("role").asString("")).isEqualTo("viewer");
  }

  @Test
  void aCustomResourceIsRecordedAndRestored() throws Exception {
    ObjectNode definition =
        Json.parse(
            """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "gadgets.example.org"},
             "spec": {"group": "example.org", "scope": "Namespaced",
              "names": {"plural": "gadgets", "singular": "gadget", "kind": "Gadget"},
              "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema":
               {"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}}}}}}]}}
            """
                .getBytes(StandardCharsets.UTF_8));
    ok(
        201,
        rig.call(
            "POST",
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            ann,
            definition.toString()));
    String gadgets = "/apis/example.org/v1/namespaces/default/gadgets";
    AccessRig.await(() -> rig.call("GET", gadgets, ann, null).code() == 200);
    String body =
        "{\"apiVersion\":\"example.org/v1\",\"kind\":\"Gadget\",\"metadata\":{\"name\":\"g\"},\"spec\":{\"size\":1}}";
    ok(201, rig.call("POST", gadgets, ann, body));
    ok(200, rig.call("PATCH", gadgets + "/g", ann, "{\"spec\":{\"size\":2}}"));
    List<JsonNode> all = await(ann, "group=example.org,resource=gadgets", 2);
    ok(201, restore(ann, all.getLast()));
    JsonNode live = ok(200, rig.call("GET", gadgets + "/g", ann, null));
    assertThat(live.path("spec").path("size").asInt(0)).isEqualTo(1);
  }
}
