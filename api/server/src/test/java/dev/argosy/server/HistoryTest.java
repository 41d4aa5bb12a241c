package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.store.etcd.EtcdCompactor;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.tenancy.database.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects' past revisions through the API, with a real etcd and a real PostgreSQL. */
class HistoryTest {

  private static final String GROUP = "/apis/history.argosy.dev/v1/";
  private static final String NS = "/api/v1/namespaces/default/";
  private static EtcdServer etcd;
  private static EtcdStore store;
  private static AccessRig rig;
  private static String ann;
  private static String vic;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    etcd = EtcdServer.start();
    store = new EtcdStore(etcd.config());
    rig = new AccessRig(folder, store);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
    member("acme", "vic", "viewer");
    vic = rig.issuer.token("vic");
    AccessRig.await(() -> rig.call("GET", NS + "configmaps", vic, null).code() == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
    store.close();
    etcd.close();
  }

  private static void member(String tenant, String user, String role) throws Exception {
    String body =
        """
        {"apiVersion": "tenancy.argosy.dev/v1", "kind": "Member", "metadata": {"name": "%s-%s"},
         "spec": {"tenant": "%s", "role": "%s", "subject": {"kind": "User", "name": "%s"}}}
        """
            .formatted(tenant, user, tenant, role, user);
    ok(201, rig.call("POST", "/apis/tenancy.argosy.dev/v1/members", rig.admin(), body));
  }

  private static JsonNode make(String token, String name, String data) throws Exception {
    String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":" + data + "}";
    return ok(201, rig.call("POST", NS + "configmaps", token, body));
  }

  private static JsonNode patch(String token, String place, String body) throws Exception {
    return ok(200, rig.call("PATCH", NS + place, token, body));
  }

  private static AccessRig.Answer ask(String token, String selector, String more) throws Exception {
    String encoded = URLEncoder.encode(selector, StandardCharsets.UTF_8);
    return rig.call("GET", GROUP + "objectrevisions?fieldSelector=" + encoded + more, token, null);
  }

  private static List<JsonNode> list(String token, String selector) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    ok(200, ask(token, selector, "")).path("items").forEach(items::add);
    items.removeIf(item -> item.path("change").asString("").equals("Gap"));
    return items;
  }

  private static String of(String name) {
    return "resource=configmaps,namespace=default,name=" + name;
  }

  /** The revisions of an object, the newest first, when there are so many with known authors. */
  private static List<JsonNode> await(String token, String selector, int count) throws Exception {
    AccessRig.await(() -> {
      List<JsonNode> items = list(token, selector);
      return items.size() >= count && items.stream().allMatch(item -> item.has("user"));
    });
    List<JsonNode> items = list(token, selector);
    assertThat(items).hasSize(count);
    return items;
  }

  private static String name(JsonNode revision) {
    return revision.path("metadata").path("name").asString("");
  }

  private static AccessRig.Answer post(String token, String resource, String spec)
      throws Exception {
    return rig.call("POST", GROUP + resource, token, "{\"spec\":" + spec + "}");
  }

  private static AccessRig.Answer restore(String token, JsonNode revision) throws Exception {
    return post(token, "objectrestores", "{\"revision\":\"" + name(revision) + "\"}");
  }

  private static List<String> texts(List<JsonNode> items, String field) {
    return items.stream().map(item -> item.path(field).asString("")).toList();
  }

  private static <T> List<T> sql(Sql statement, Sql.RowReader<T> reader) {
    return rig.database.withSql(connection -> statement.rows(connection, reader));
  }

  private static void run(String statement) {
    rig.database.withSql(connection -> {
      try (var some = connection.createStatement()) {
        return some.execute(statement);
      }
    });
  }

  @Test
  void tellsWhoChangedWhichField() throws Exception {
    make(ann, "who", "{\"a\":\"1\",\"b\":\"1\"}");
    patch(ann, "configmaps/who?fieldManager=tool-a", "{\"data\":{\"a\":\"2\"}}");
    ok(
        200,
        rig.call(
            "PATCH",
            "/clusters/acme" + NS + "configmaps/who?fieldManager=tool-b",
            rig.admin(),
            "{\"data\":{\"b\":\"2\",\"c\":\"3\"}}"));
    List<JsonNode> all = await(ann, of("who"), 3);
    assertThat(texts(all, "change")).containsExactly("Updated", "Updated", "Created");
    assertThat(texts(all, "user")).containsExactly("boss", "ann", "ann");
    assertThat(texts(all, "verb")).containsExactly("patch", "patch", "create");
    assertThat(all.getFirst().path("auditID").asString("")).isNotEmpty();
    assertThat(all.getFirst().has("content")).isFalse();
    JsonNode first =
        ok(200, rig.call("GET", GROUP + "objectrevisions/" + name(all.getLast()), ann, null));
    assertThat(first.path("content").path("data").toString())
        .isEqualTo("{\"a\":\"1\",\"b\":\"1\"}");
    assertThat(first.path("content").path("metadata").path("resourceVersion"))
        .isEqualTo(first.path("revision"));
    JsonNode status =
        ok(201, post(vic, "revisiondiffs", "{\"from\":\"" + name(all.getLast()) + "\"}"))
            .path("status");
    assertThat(status.path("traced").asBoolean(false)).isTrue();
    List<String> told = new ArrayList<>();
    for (JsonNode change : status.path("changes")) {
      told.add(
          change.path("op").asString("")
              + change.path("path").asString("")
              + change.path("is").asString("")
              + " "
              + change.path("user").asString("")
              + " "
              + change.path("manager").asString(""));
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            "replace/data/a\"2\" ann tool-a",
            "replace/data/b\"2\" boss tool-b",
            "add/data/c\"3\" boss tool-b");
    JsonNode patch = Json.mapper().readTree(status.path("patch").asString(""));
    JsonNode patched =
        dev.argosy.model.patch.JsonPatch.apply(first.path("content"), patch).path("data");
    assertThat(patched.toString()).isEqualTo("{\"a\":\"2\",\"b\":\"2\",\"c\":\"3\"}");
  }

  @Test
  void impersonationIsTold() throws Exception {
    ok(
        201,
        rig.call(
            "POST",
            NS + "configmaps",
            ann,
            "{\"metadata\":{\"name\":\"masked\"}}",
            "Impersonate-User",
            "somebody",
            "Impersonate-Group",
            "system:masters"));
    JsonNode made = await(ann, of("masked"), 1).getFirst();
    assertThat(made.path("user").asString("")).isEqualTo("ann");
    assertThat(made.path("impersonatedUser").asString("")).isEqualTo("somebody");
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
  void statusAndWhatIsLeftOutMakeNoRevision() throws Exception {
    String pod =
        "{\"metadata\":{\"name\":\"busy\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    String account = "{\"metadata\":{\"name\":\"default\"}}";
    ok(201, rig.call("POST", NS + "serviceaccounts", ann, account));
    ok(201, rig.call("POST", NS + "pods", ann, pod));
    for (String phase : List.of("Running", "Failed")) {
      ok(
          200,
          rig.call(
              "PATCH", NS + "pods/busy/status", ann, "{\"status\":{\"phase\":\"" + phase + "\"}}"));
    }
    ok(201, rig.call("POST", NS + "endpoints", ann, "{\"metadata\":{\"name\":\"busy\"}}"));
    patch(ann, "pods/busy", "{\"metadata\":{\"labels\":{\"l\":\"x\"}}}");
    List<JsonNode> all = await(ann, "resource=pods,name=busy", 2);
    assertThat(texts(all, "change")).containsExactly("Updated", "Created");
    assertThat(list(ann, "resource=endpoints")).isEmpty();
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
    assertThat(rig.call("GET", "/clusters/root" + GROUP + "objectrevisions", ann, null).code())
        .isEqualTo(403);
    assertThat(list(rig.admin(), "name=nothing-of-that-name")).isEmpty();
    assertThat(ok(200, rig.call("GET", "/clusters/globex" + path, rig.admin(), null)).path("name"))
        .isEqualTo(theirs.path("name"));
  }

  @Test
  void theHistoryGoesWithItsTenant() throws Exception {
    rig.tenant("leaving", "lea");
    String lea = rig.issuer.token("lea");
    make(lea, "last", "{\"a\":\"1\"}");
    await(lea, of("last"), 1);
    ok(200, rig.call("DELETE", "/apis/tenancy.argosy.dev/v1/tenants/leaving", rig.admin(), null));
    AccessRig.await(() ->
        rig.call("GET", "/apis/tenancy.argosy.dev/v1/tenants/leaving", rig.admin(), null).code()
            == 404);
    rig.tenant("leaving", "lea");
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

  @Test
  void thePlatformsOwnKindsHaveAHistoryToo() throws Exception {
    member("acme", "kim", "viewer");
    String path = "/apis/tenancy.argosy.dev/v1/members/acme-kim";
    ok(200, rig.call("PATCH", path, rig.admin(), "{\"spec\":{\"role\":\"member\"}}"));
    List<JsonNode> all = await(rig.admin(), "resource=members,name=acme-kim", 2);
    assertThat(texts(all, "user")).containsOnly("boss");
    ok(201, restore(rig.admin(), all.getLast()));
    JsonNode live = ok(200, rig.call("GET", path, rig.admin(), null));
    assertThat(live.path("spec").path("role").asString("")).isEqualTo("viewer");
  }

  @Test
  void pagesGoOnWhereTheyEnded() throws Exception {
    make(ann, "pages", "{\"a\":\"0\"}");
    for (int i = 1; i < 5; i++) {
      patch(ann, "configmaps/pages", "{\"data\":{\"a\":\"" + i + "\"}}");
    }
    List<String> whole = await(ann, of("pages"), 5).stream().map(HistoryTest::name).toList();
    List<String> paged = new ArrayList<>();
    String more = "&limit=2";
    do {
      JsonNode page = ok(200, ask(ann, of("pages"), more));
      page.path("items").forEach(item -> paged.add(name(item)));
      paged.removeIf(name -> name.startsWith("gap-"));
      String token = page.path("metadata").path("continue").asString("");
      more = token.isEmpty() ? "" : "&limit=2&continue=" + token;
    } while (!more.isEmpty());
    assertThat(paged).isEqualTo(whole);
  }

  @Test
  void badQuestionsAreAnsweredWithWhatIsWrong() throws Exception {
    make(ann, "one", "{\"a\":\"1\"}");
    make(ann, "two", "{\"a\":\"1\"}");
    String one = name(await(ann, of("one"), 1).getFirst());
    String two = name(await(ann, of("two"), 1).getFirst());
    assertThat(ask(ann, "colour=red", "").code()).isEqualTo(400);
    assertThat(ask(ann, "since=yesterday", "").code()).isEqualTo(400);
    assertThat(ask(ann, "", "&labelSelector=a%3Db").code()).isEqualTo(400);
    assertThat(ask(ann, "", "&continue=nonsense").code()).isEqualTo(400);
    assertThat(post(ann, "revisiondiffs", "{}").code()).isEqualTo(422);
    assertThat(post(ann, "objectrestores", "{}").code()).isEqualTo(422);
    String both = "{\"from\":\"" + one + "\",\"to\":\"" + two + "\"}";
    AccessRig.Answer different = post(ann, "revisiondiffs", both);
    assertThat(different.code()).isEqualTo(422);
    assertThat(different.body()).contains("must be a revision of the same object as spec.from");
    for (String name : List.of("1-0123456789", "x", "0-0", one + "0", "gap-1")) {
      assertThat(rig.call("GET", GROUP + "objectrevisions/" + name, ann, null).code())
          .isEqualTo(404);
      assertThat(post(ann, "objectrestores", "{\"revision\":\"" + name + "\"}").code())
          .isEqualTo(404);
    }
    assertThat(rig.call("GET", "/clusters/*" + GROUP + "objectrevisions", rig.admin(), null).code())
        .isEqualTo(400);
  }

  @Test
  void whatHappensWhileTheDatabaseIsAwayIsRecordedAfterwards() throws Exception {
    make(ann, "outage", "{\"a\":\"0\"}");
    await(ann, of("outage"), 1);
    run("alter table history_head rename to history_head_away");
    try {
      for (int i = 1; i < 4; i++) {
        patch(ann, "configmaps/outage", "{\"data\":{\"a\":\"" + i + "\"}}");
      }
      assertThat(ask(ann, "", "").code()).isEqualTo(503);
    } finally {
      run("alter table history_head_away rename to history_head");
    }
    List<JsonNode> all = await(ann, of("outage"), 4);
    assertThat(all).noneMatch(item -> item.has("afterGap"));
    assertThat(texts(all, "user")).containsOnly("ann");
  }

  @Test
  void whatIsLostIsToldOf() throws Exception {
    make(ann, "lossy", "{\"a\":\"0\"}");
    make(ann, "vanishing", "{\"a\":\"0\"}");
    await(ann, of("lossy"), 1);
    await(ann, of("vanishing"), 1);
    run("alter table history_head rename to history_head_away");
    try (EtcdStore other = new EtcdStore(etcd.config())) {
      patch(ann, "configmaps/lossy", "{\"data\":{\"a\":\"1\"}}");
      patch(ann, "configmaps/lossy", "{\"data\":{\"a\":\"2\"}}");
      ok(200, rig.call("DELETE", NS + "configmaps/vanishing", ann, null));
      make(ann, "appearing", "{\"a\":\"0\"}");
      long lost = other.currentRevision();
      try (EtcdCompactor compactor = new EtcdCompactor(other, Duration.ofMillis(50)).start()) {
        AccessRig.await(() -> compacted(other, lost));
      }
    } finally {
      run("alter table history_head_away rename to history_head");
    }
    AccessRig.await(() -> texts(list(ann, "name=vanishing"), "change").contains("Deleted"));
    AccessRig.await(() -> list(ann, "name=appearing").size() == 1);
    List<JsonNode> lossy = list(ann, of("lossy"));
    assertThat(texts(lossy, "change")).containsExactly("Updated", "Created");
    assertThat(lossy.getFirst().path("afterGap").asBoolean(false)).isTrue();
    List<JsonNode> vanished = list(ann, "name=vanishing");
    assertThat(texts(vanished, "change")).contains("Deleted", "Created");
    JsonNode gap = gaps(ann).getFirst();
    assertThat(gap.path("afterRevision").asString("")).isNotEmpty();
    assertThat(gaps(gus)).hasSameSizeAs(gaps(ann)); // it may concern everybody
  }

  private static List<JsonNode> gaps(String token) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    ok(200, ask(token, "name=nothing", "")).path("items").forEach(items::add);
    assertThat(texts(items, "change")).isNotEmpty().containsOnly("Gap");
    return items;
  }

  private static boolean compacted(EtcdStore store, long revision) {
    try {
      store.list(new dev.argosy.model.kind.GroupResource("", "configmaps"), "", revision, null, 1);
      return false;
    } catch (dev.argosy.store.spi.CompactedException e) {
      return true;
    }
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
