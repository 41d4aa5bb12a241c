package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.tenancy.database.Sql;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Who sees the past: not other tenants, nor those who may not see the present; and when it is gone.
 */
class HistorySecrecyTest extends HistoryScene {

  HistorySecrecyTest(HistoryScene.Servers servers) {
    super(servers);
  }

  @Test
  void secretsAreForThoseWhoMayGetThemAndStaySealed() throws Exception {
    String body = "{\"metadata\":{\"name\":\"sealed\"},\"stringData\":{\"key\":\"plain-text-1\"}}";
    ok(201, rig.call("POST", NS + "secrets", ann, body));
    patch(ann, "secrets/sealed", "{\"stringData\":{\"key\":\"plain-text-2\"}}");
    List<JsonNode> all = await(ann, "resource=secrets,name=sealed", 2);
    assertThat(list(vic, "resource=secrets")).isEmpty();
    String first = GROUP + "objectrevisions/" + name(all.getLast());
    assertThat(rig.call("GET", first, vic, null).code()).isEqualTo(404);
    assertThat(restore(vic, all.getLast()).code()).isEqualTo(404);
    assertThat(post(vic, "revisiondiffs", "{\"from\":\"" + name(all.getLast()) + "\"}").code())
        .isEqualTo(404);
    JsonNode content = ok(200, rig.call("GET", first, ann, null)).path("content");
    assertThat(content.path("data").path("key").asString("")).isEqualTo("cGxhaW4tdGV4dC0x");
    List<String> kept =
        sql(
            new Sql()
                .add(
                    "select encode(content, 'escape') from history_head where resource = 'secrets'")
                .add(" union all select encode(content, 'escape') from history_past")
                .add(" where resource = 'secrets' and content is not null"),
            row -> row.getString(1));
    assertThat(kept).isNotEmpty().allMatch(text -> text.startsWith("sealed1"));
    assertThat(
            sql(
                new Sql()
                    .add("select 1 from history_head where resource = 'secrets'")
                    .add(" and (digest is not null or key_id is null)"),
                row -> 1))
        .isEmpty();
  }

  @Test
  void rotationWithoutAChangeIsNoRevisionAndOldKeysStayWhileTheyAreNeeded() throws Exception {
    rig.tenant("turning", "tess");
    String tess = rig.issuer.token("tess");
    String body = "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"key\":\"old\"}}";
    ok(201, rig.call("POST", NS + "secrets", tess, body));
    await(tess, "resource=secrets,name=s", 1);
    assertThat(rig.sealing.rotate("turning")).isTrue();
    AccessRig.await(() -> !rig.sealing.retire("turning").used().isEmpty());
    assertThat(rig.sealing.retire("turning").retired()).isEmpty();
    patch(tess, "secrets/s", "{\"stringData\":{\"key\":\"new\"}}");
    List<JsonNode> all = await(tess, "resource=secrets,name=s", 2);
    JsonNode first =
        ok(200, rig.call("GET", GROUP + "objectrevisions/" + name(all.getLast()), tess, null));
    assertThat(first.path("content").path("data").path("key").asString("")).isEqualTo("b2xk");
  }

  @Test
  void aTenantSeesNothingOfAnother() throws Exception {
    make(gus, "globex-plan", "{\"a\":\"1\"}");
    JsonNode theirs = await(gus, of("globex-plan"), 1).getFirst();
    assertThat(list(ann, "name=globex-plan")).isEmpty();
    String path = GROUP + "objectrevisions/" + name(theirs);
    assertThat(rig.call("GET", path, ann, null).code()).isEqualTo(404);
    assertThat(restore(ann, theirs).code()).isEqualTo(404);
    for (String token : List.of(ann, rig.issuer.token("eve"))) {
      assertThat(rig.call("GET", "/clusters/globex" + path, token, null).code()).isEqualTo(403);
      assertThat(
              rig.call("GET", "/clusters/globex" + GROUP + "objectrevisions", token, null).code())
          .isEqualTo(403);
      assertThat(
              rig.call("POST", "/clusters/globex" + GROUP + "objectrestores", token, "{}").code())
          .isEqualTo(403);
    }
    assertThat(ofPlatform(ann)).contains("acme-admin").doesNotContain("globex");
    assertThat(list(rig.admin(), "name=nothing-of-that-name")).isEmpty();
    assertThat(ok(200, rig.call("GET", "/clusters/globex" + path, rig.admin(), null)).path("name"))
        .isEqualTo(theirs.path("name"));
  }

  /** What somebody sees of the past of the platform's own objects. */
  private String ofPlatform(String token) throws Exception {
    return ok(200, rig.call("GET", "/clusters/root" + GROUP + "objectrevisions", token, null))
        .toString();
  }

  @Test
  void theHistoryGoesWithItsTenant() throws Exception {
    rig.tenant("leaving", "lea");
    String lea = rig.issuer.token("lea");
    String tenants = "/clusters/root/apis/tenancy.argosy.dev/v1/tenants/";
    String uid =
        ok(200, rig.call("GET", tenants + "leaving", lea, null)).at("/metadata/uid").asString();
    AccessRig.await(() -> ofPlatform(lea).contains(uid));
    make(lea, "last", "{\"a\":\"1\"}");
    await(lea, of("last"), 1);
    ok(200, rig.call("DELETE", "/apis/tenancy.argosy.dev/v1/tenants/leaving", rig.admin(), null));
    AccessRig.await(() ->
        rig.call("GET", "/apis/tenancy.argosy.dev/v1/tenants/leaving", rig.admin(), null).code()
            == 404);
    rig.tenant("leaving", "lea");
    assertThat(ofPlatform(lea)).as("another tenant had that name").doesNotContain(uid);
    make(lea, "first", "{\"a\":\"1\"}");
    await(lea, of("first"), 1);
    assertThat(list(lea, "name=last")).isEmpty();
    assertThat(
            sql(
                new Sql()
                    .add("select 1 from history_past where cluster = 'leaving' and name = 'last'"),
                row -> 1))
        .isEmpty();
  }
}
