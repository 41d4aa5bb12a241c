package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Lists and watches over all namespaces by those who may see some, in two tenants at once. */
class PartialReadsTest {

  private static final String MAPS = "/api/v1/configmaps";
  private static final String SPACES = "/api/v1/namespaces";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final int IN_EACH = 7;

  private static AccessRig rig;
  private static String ann;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
    for (String space : new String[] {"a", "b", "c", "d"}) {
      make(ann, space);
      make(gus, space);
    }
    bind(ann, "a", "nat", "view");
    bind(ann, "c", "nat", "view");
    bind(gus, "b", "nat", "view");
    AccessRig.await(() -> shows("acme", all("a", "c")) && shows("globex", all("b")));
  }

  private static boolean shows(String tenant, List<String> names) throws Exception {
    AccessRig.Answer answer = get("nat", tenant, MAPS);
    return answer.code() == 200 && names(answer.json()).equals(names);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static void make(String admin, String space) throws Exception {
    ok(201, rig.call("POST", SPACES, admin, "{\"metadata\":{\"name\":\"" + space + "\"}}"));
    for (int i = 0; i < IN_EACH; i++) {
      map(admin, space, space + i);
    }
  }

  private static void map(String admin, String space, String name) throws Exception {
    String body =
        "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"odd\":\"%s\"}}}"
            .formatted(name, name.matches(".*[13579]"));
    ok(201, rig.call("POST", SPACES + "/" + space + "/configmaps", admin, body));
  }

  private static void bind(String admin, String space, String user, String role) throws Exception {
    String body =
        """
        {"metadata":{"name":"%s"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"%s"}]}
        """
            .formatted(user, role, user);
    String where =
        space.isEmpty() ? "/clusterrolebindings" : "/namespaces/" + space + "/rolebindings";
    ok(201, rig.call("POST", RBAC + where, admin, body));
  }

  private static void unbind(String admin, String space, String user) throws Exception {
    String where =
        space.isEmpty() ? "/clusterrolebindings/" : "/namespaces/" + space + "/rolebindings/";
    ok(200, rig.call("DELETE", RBAC + where + user, admin, null));
  }

  private static void role(String admin, String name, String rules) throws Exception {
    String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"rules\":[" + rules + "]}";
    ok(201, rig.call("POST", RBAC + "/clusterroles", admin, body));
  }

  /** A client of that user in that tenant's cluster. */
  private static AccessRig.Answer get(String user, String tenant, String path, String... headers)
      throws Exception {
    return rig.call("GET", "/clusters/" + tenant + path, rig.issuer.token(user), null, headers);
  }

  private static TestStream watch(String user, String tenant, String path) {
    URI base = URI.create("http://127.0.0.1:" + rig.server.port());
    TestClient client = new TestClient(base, rig.issuer.token(user));
    return client.stream("/clusters/" + tenant + path);
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(item -> names.add(item.path("metadata").path("name").asString("")));
    return names;
  }

  private static boolean seen(String user, String tenant, String path, String... names)
      throws Exception {
    AccessRig.Answer answer = get(user, tenant, path);
    return answer.code() == 200 && names(answer.json()).equals(List.of(names));
  }

  private static List<String> all(String... spaces) {
    List<String> names = new ArrayList<>();
    for (String space : spaces) {
      for (int i = 0; i < IN_EACH; i++) {
        names.add(space + i);
      }
    }
    return names;
  }

  @Test
  void eachTenantShowsWhatIsGrantedThere() throws Exception {
    assertThat(names(ok(200, get("nat", "acme", MAPS)))).isEqualTo(all("a", "c"));
    assertThat(names(ok(200, get("nat", "globex", MAPS)))).isEqualTo(all("b"));
    assertThat(names(ok(200, get("ann", "acme", MAPS)))).containsAll(all("a", "b", "c", "d"));
    GroupResource maps = new GroupResource("", "configmaps");
    UserInfo nat = new UserInfo("nat", "", List.of(UserInfo.AUTHENTICATED), Map.of());
    assertThat(
            rig.server
                .clients()
                .as(nat)
                .list(ResourceScope.cluster(maps, "acme"), ListOptions.EVERYTHING)
                .orThrow()
                .items())
        .allMatch(map -> map.namespace().equals("a") || map.namespace().equals("c"));
  }

  @Test
  void whoSeesNothingIsRefusedAsEver() throws Exception {
    for (String[] asked :
        new String[][] {
          {"eve", "acme", "configmaps"}, {"nat", "acme", "secrets"}, {"ann", "globex", "configmaps"}
        }) {
      for (String watching : new String[] {"", "?watch=1"}) {
        AccessRig.Answer refused = get(asked[0], asked[1], "/api/v1/" + asked[2] + watching);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.json().path("message").asString())
            .isEqualTo(
                "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"\" at the cluster scope"
                    .formatted(
                        asked[2], asked[0], watching.isEmpty() ? "list" : "watch", asked[2]));
      }
    }
    assertThat(get("eve", "nosuch", MAPS).body()).isEqualTo(get("eve", "acme", MAPS).body());
    assertThat(get("nat", "acme", "/api/v1/nodes").code()).isEqualTo(403);
    assertThat(rig.call("DELETE", "/clusters/acme" + MAPS, rig.issuer.token("nat"), null).code())
        .isEqualTo(403);
    assertThat(get("nat", "*", MAPS).code()).isEqualTo(403);
  }

  @Test
  void pagesAreFullAndCountWhatFollows() throws Exception {
    List<String> found = new ArrayList<>();
    String token = "";
    int left = 2 * IN_EACH;
    String revision = "";
    do {
      JsonNode page = ok(200, get("nat", "acme", MAPS + "?limit=3&continue=" + token));
      int size = page.path("items").size();
      left -= size;
      found.addAll(names(page));
      JsonNode meta = page.path("metadata");
      token = meta.path("continue").asString("");
      assertThat(size).isEqualTo(token.isEmpty() ? 2 : 3);
      assertThat(meta.path("remainingItemCount").asInt(0)).isEqualTo(left);
      assertThat(revision).isIn("", meta.path("resourceVersion").asString());
      revision = meta.path("resourceVersion").asString();
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(all("a", "c"));
    JsonNode odd = ok(200, get("nat", "acme", MAPS + "?limit=2&labelSelector=odd=true"));
    assertThat(names(odd)).containsExactly("a1", "a3");
    assertThat(odd.path("metadata").has("remainingItemCount")).isFalse();
    String next = odd.path("metadata").path("continue").asString();
    assertThat(
            names(ok(200, get("nat", "acme", MAPS + "?labelSelector=odd=true&continue=" + next))))
        .containsExactly("a5", "c1", "c3", "c5");
  }

  @Test
  void selectorsDoNotReachFurther() throws Exception {
    String of = MAPS + "?fieldSelector=metadata.namespace=";
    assertThat(names(ok(200, get("nat", "acme", of + "b")))).isEmpty();
    assertThat(names(ok(200, get("nat", "acme", of + "c")))).containsAll(all("c"));
    String name = MAPS + "?fieldSelector=metadata.name=";
    assertThat(names(ok(200, get("nat", "acme", name + "b1")))).isEmpty();
    assertThat(names(ok(200, get("nat", "acme", name + "c1")))).containsExactly("c1");
    String forged =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":-1,\"start\":\"b/b1\\u0000\"}"
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(names(ok(200, get("nat", "acme", MAPS + "?continue=" + forged))))
        .isEqualTo(all("c"));
  }

  @Test
  void everyFormShowsTheSamePart() throws Exception {
    JsonNode table =
        ok(200, get("nat", "acme", MAPS, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.path("rows").size()).isEqualTo(2 * IN_EACH);
    JsonNode metadata =
        ok(
            200,
            get(
                "nat",
                "acme",
                MAPS,
                "Accept",
                "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"));
    assertThat(names(metadata)).isEqualTo(all("a", "c"));
    AccessRig.Answer protobuf =
        get("nat", "acme", MAPS, "Accept", "application/vnd.kubernetes.protobuf");
    assertThat(protobuf.body())
        .startsWith("k8s\0")
        .contains("\n\u0002a6", "\n\u0002c6")
        .doesNotContain("\n\u0002b6", "\n\u0002d6");
  }

  @Test
  void watchesTellOfThePart() throws Exception {
    String revision =
        ok(200, get("nat", "acme", MAPS)).path("metadata").path("resourceVersion").asString();
    String from = MAPS + "?watch=1&resourceVersion=" + revision;
    try (TestStream all = watch("nat", "acme", from);
        TestStream one = watch("nat", "globex", MAPS + "?watch=1&labelSelector=odd=x")) {
      for (String space : new String[] {"b", "a", "d", "c"}) {
        map(ann, space, "new-" + space);
      }
      ok(200, rig.call("DELETE", SPACES + "/b/configmaps/new-b", ann, null));
      ok(200, rig.call("DELETE", SPACES + "/a/configmaps/new-a", ann, null));
      assertThat(all.nextShort()).isEqualTo("ADDED new-a");
      assertThat(all.nextShort()).isEqualTo("ADDED new-c");
      assertThat(all.nextShort()).isEqualTo("DELETED new-a");
      for (String space : new String[] {"d", "c"}) {
        ok(200, rig.call("DELETE", SPACES + "/" + space + "/configmaps/new-" + space, ann, null));
      }
      assertThat(all.nextShort()).isEqualTo("DELETED new-c");
      assertThat(one.code()).isEqualTo(200);
    }
  }

  @Test
  void watchListBeginsWithThePartAndEndsItWithABookmark() throws Exception {
    String path =
        MAPS
            + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            + "&allowWatchBookmarks=true";
    try (TestStream stream = watch("nat", "acme", path)) {
      for (String name : all("a", "c")) {
        assertThat(stream.nextShort()).isEqualTo("ADDED " + name);
      }
      JsonNode bookmark = stream.next().orElseThrow();
      assertThat(bookmark.path("type").asString()).isEqualTo("BOOKMARK");
      assertThat(
              bookmark
                  .path("object")
                  .path("metadata")
                  .path("annotations")
                  .path("k8s.io/initial-events-end")
                  .asString())
          .isEqualTo("true");
    }
  }

  private static void assertExpired(TestStream stream) {
    JsonNode event = stream.next().orElseThrow();
    assertThat(event.path("type").asString()).isEqualTo("ERROR");
    assertThat(event.path("object").path("code").asInt()).isEqualTo(410);
    assertThat(event.path("object").path("reason").asString()).isEqualTo("Expired");
    assertThat(stream.next()).isEmpty();
  }

  @Test
  void aWatchEndsWhenMoreOrLessMayBeSeen() throws Exception {
    bind(ann, "a", "wat", "view");
    AccessRig.await(() -> get("wat", "acme", MAPS).code() == 200);
    try (TestStream stream =
        watch("wat", "acme", MAPS + "?watch=1&resourceVersion=0&labelSelector=x")) {
      bind(ann, "b", "wat", "view");
      assertExpired(stream);
    }
    String before =
        ok(200, get("wat", "acme", MAPS)).path("metadata").path("resourceVersion").asString();
    assertThat(names(ok(200, get("wat", "acme", MAPS)))).isEqualTo(all("a", "b"));
    String behind = MAPS + "?watch=1&labelSelector=x&resourceVersion=" + before;
    try (TestStream stream = watch("wat", "acme", behind)) {
      unbind(ann, "b", "wat");
      assertExpired(stream);
    }
    try (TestStream late = watch("wat", "acme", behind)) {
      assertExpired(late);
    }
    assertThat(names(ok(200, get("wat", "acme", MAPS)))).isEqualTo(all("a"));
    try (TestStream stream = watch("wat", "acme", MAPS + "?watch=1&labelSelector=x")) {
      unbind(ann, "a", "wat");
      assertExpired(stream);
    }
    assertThat(get("wat", "acme", MAPS).code()).isEqualTo(403);
  }

  @Test
  void othersChangesDoNotEndAWatch() throws Exception {
    bind(ann, "a", "kit", "view");
    AccessRig.await(() -> get("kit", "acme", MAPS).code() == 200);
    try (TestStream stream = watch("kit", "acme", MAPS + "?watch=1&labelSelector=odd=kit")) {
      bind(ann, "b", "kat", "view");
      bind(gus, "b", "kit", "view");
      AccessRig.await(() -> get("kat", "acme", MAPS).code() == 200);
      String body = "{\"metadata\":{\"name\":\"kit\",\"labels\":{\"odd\":\"kit\"}}}";
      ok(201, rig.call("POST", SPACES + "/d/configmaps", ann, body));
      ok(201, rig.call("POST", SPACES + "/a/configmaps", ann, body));
      JsonNode event = stream.next().orElseThrow();
      assertThat(event.path("object").path("metadata").path("namespace").asString()).isEqualTo("a");
    }
    ok(200, rig.call("DELETE", SPACES + "/d/configmaps/kit", ann, null));
    ok(200, rig.call("DELETE", SPACES + "/a/configmaps/kit", ann, null));
  }

  @Test
  void aWatchOfEverythingEndsWithItsRight() throws Exception {
    bind(ann, "", "all", "view");
    AccessRig.await(() -> get("all", "acme", MAPS).code() == 200);
    try (TestStream stream = watch("all", "acme", MAPS + "?watch=1&labelSelector=x")) {
      unbind(ann, "", "all");
      assertExpired(stream);
    }
    assertThat(get("all", "acme", MAPS).code()).isEqualTo(403);
  }

  @Test
  void aMemberThatLeavesWatchesNoMore() throws Exception {
    String members = "/apis/tenancy.argosy.dev/v1/members";
    String body =
        """
        {"apiVersion":"tenancy.argosy.dev/v1","kind":"Member","metadata":{"name":"mo"},
         "spec":{"tenant":"acme","role":"viewer","subject":{"kind":"User","name":"mo"}}}
        """;
    ok(201, rig.call("POST", members, rig.admin(), body));
    AccessRig.await(() -> get("mo", "acme", MAPS).code() == 200);
    try (TestStream stream = watch("mo", "acme", MAPS + "?watch=1&labelSelector=x")) {
      ok(200, rig.call("DELETE", members + "/mo", rig.admin(), null));
      assertExpired(stream);
    }
  }

  @Test
  void aRoleThatAllowsLessEndsWatches() throws Exception {
    String platform = "/clusters/root/apis/tenancy.argosy.dev/v1/";
    String role =
        """
        {"metadata":{"name":"acme.maps"},"spec":{"tenant":"acme","rules":[
          {"verbs":["get","list","watch"],"apiGroups":[""],"resources":["configmaps"]},
          {"verbs":["get","list","watch"],"apiGroups":["tenancy.argosy.dev"],"resources":["members"]}]}}
        """;
    String body =
        """
        {"metadata":{"name":"acme.mag"},
         "spec":{"tenant":"acme","role":"acme.maps","subject":{"kind":"User","name":"mag"}}}
        """;
    ok(201, rig.call("POST", platform + "tenantroles", ann, role));
    ok(201, rig.call("POST", platform + "members", ann, body));
    AccessRig.await(() -> get("mag", "acme", MAPS).code() == 200);
    String members = "/apis/tenancy.argosy.dev/v1/members?watch=1";
    try (TestStream maps = watch("mag", "acme", MAPS + "?watch=1&labelSelector=x");
        TestStream part = watch("mag", "root", members)) {
      assertThat(part.nextShort()).startsWith("ADDED acme");
      String less = "{\"spec\":{\"rules\":[]}}";
      ok(200, rig.call("PATCH", platform + "tenantroles/acme.maps", ann, less));
      assertExpired(maps);
      String label = "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";
      ok(200, rig.call("PATCH", platform + "members/acme.mag", ann, label));
      JsonNode last = part.next().orElseThrow();
      while (last.path("type").asString("").equals("ADDED")) {
        last = part.next().orElseThrow();
      }
      assertThat(last.path("object").path("code").asInt()).as(last.toString()).isEqualTo(410);
    }
  }

  @Test
  void namespacesAreSeenWhereAnythingIsGranted() throws Exception {
    assertThat(names(ok(200, get("nat", "acme", SPACES)))).containsExactly("a", "c");
    assertThat(names(ok(200, get("nat", "globex", SPACES)))).containsExactly("b");
    role(ann, "sing", "{\"verbs\":[\"create\"],\"apiGroups\":[\"\"],\"resources\":[\"events\"]}");
    role(
        ann,
        "two",
        "{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"namespaces\"],"
            + "\"resourceNames\":[\"b\",\"nosuch\"]}");
    role(
        ann, "single", "{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"namespaces\"]}");
    bind(ann, "d", "sid", "sing");
    AccessRig.await(() -> seen("sid", "acme", SPACES, "d"));
    bind(ann, "", "sid", "two");
    AccessRig.await(() -> seen("sid", "acme", SPACES, "b", "d"));
    assertThat(get("sid", "acme", MAPS).code()).isEqualTo(403);
    JsonNode page = ok(200, get("sid", "acme", SPACES + "?limit=1"));
    assertThat(names(page)).containsExactly("b");
    assertThat(page.path("metadata").path("remainingItemCount").asInt()).isEqualTo(1);
    String next = page.path("metadata").path("continue").asString();
    assertThat(names(ok(200, get("sid", "acme", SPACES + "?limit=1&continue=" + next))))
        .containsExactly("d");
    assertThat(names(ok(200, get("sid", "acme", SPACES + "?fieldSelector=metadata.name=a"))))
        .isEmpty();
    bind(ann, "", "gil", "single");
    AccessRig.await(() -> get("gil", "acme", SPACES + "/a").code() == 200);
    assertThat(get("gil", "acme", SPACES).code()).isEqualTo(403);
  }

  @Test
  void namespacesAreWatchedInPart() throws Exception {
    bind(ann, "a", "wes", "view");
    AccessRig.await(() -> seen("wes", "acme", SPACES, "a"));
    try (TestStream stream = watch("wes", "acme", SPACES + "?watch=1")) {
      assertThat(stream.nextShort()).isEqualTo("ADDED a");
      for (String space : new String[] {"b", "a"}) {
        ok(
            200,
            rig.call(
                "PATCH",
                SPACES + "/" + space,
                ann,
                "{\"metadata\":{\"labels\":{\"seen\":\"x\"}}}"));
      }
      assertThat(stream.nextShort()).isEqualTo("MODIFIED a");
      ok(201, rig.call("POST", SPACES, ann, "{\"metadata\":{\"name\":\"extra\"}}"));
      bind(ann, "extra", "wes", "view");
      assertExpired(stream);
    }
    assertThat(names(ok(200, get("wes", "acme", SPACES)))).containsExactly("a", "extra");
  }

  @Test
  void rulesForSingleObjectsDoNotWiden() throws Exception {
    role(
        ann,
        "one",
        "{\"verbs\":[\"get\",\"list\",\"watch\"],\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],"
            + "\"resourceNames\":[\"b1\"]}");
    bind(ann, "b", "roy", "one");
    AccessRig.await(() -> get("roy", "acme", SPACES + "/b/configmaps/b1").code() == 200);
    assertThat(get("roy", "acme", MAPS).code()).isEqualTo(403);
    assertThat(get("roy", "acme", MAPS + "?fieldSelector=metadata.name=b1").code()).isEqualTo(403);
  }

  @Test
  void reviewsAnswerAsKubernetesDoes() throws Exception {
    String body =
        "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"configmaps\"}}}";
    JsonNode answer =
        ok(
            201,
            rig.call(
                "POST",
                "/clusters/acme/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                rig.issuer.token("nat"),
                body));
    assertThat(answer.path("status").path("allowed").asBoolean()).isFalse();
  }
}
