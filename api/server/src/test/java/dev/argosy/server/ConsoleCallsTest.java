package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What the console asks, in process, of what is kept in no store or for one tenant of many. */
class ConsoleCallsTest {

  private static final String TENANCY = "tenancy.argosy.dev";
  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");

  private static AccessRig rig;
  private static ApiClient ann;
  private static ApiClient boss;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = client("ann");
    boss = client("boss", "platform-admins");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** As somebody who logged in to the console. */
  private static ApiClient client(String name, String... groups) {
    List<String> all = new ArrayList<>(List.of(groups));
    all.add(UserInfo.AUTHENTICATED);
    return rig.server.clients().as(new UserInfo(name, "", all, Map.of()));
  }

  private static ResourceScope scope(String group, String resource, String cluster) {
    return ResourceScope.cluster(new GroupResource(group, resource), cluster);
  }

  private static ObjectNode json(String text, Object... values) {
    return Json.parse(text.formatted(values).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean may(ApiClient user, String attributes) {
    ObjectNode review =
        json(
            "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{%s}}",
            attributes);
    return user.review(scope("authorization.k8s.io", "selfsubjectaccessreviews", "root"), review)
        .orThrow()
        .at("/status/allowed")
        .asBoolean(false);
  }

  @Test
  void whatBelongsToOneTenantIsSelectedByIt() throws Exception {
    ListOptions ofAcme = ListOptions.fields("spec.tenant=acme");
    for (String resource : List.of("members", "tenantquotas")) {
      AccessRig.await(
          () -> !boss.list(scope(TENANCY, resource, "root"), ofAcme).orThrow().items().isEmpty());
      assertThat(boss.list(scope(TENANCY, resource, "root"), ofAcme).orThrow().items())
          .as(resource)
          .isNotEmpty()
          .allMatch(o -> o.tree().at("/spec/tenant").asString("").equals("acme"));
    }
  }

  @Test
  void everybodyFindsOutWhatTheyMayDoInThePlatformsCluster() {
    String tenants =
        "\"resourceAttributes\":{\"verb\":\"%s\",\"group\":\"%s\",\"resource\":\"%s\"}";
    assertThat(may(ann, tenants.formatted("patch", TENANCY, "tenants"))).isFalse();
    assertThat(may(ann, tenants.formatted("create", TENANCY, "tenantrequests"))).isTrue();
    assertThat(may(boss, tenants.formatted("patch", TENANCY, "tenants"))).isTrue();
    assertThat(may(ann, "\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/usage\"}"))
        .isFalse();
  }

  @Test
  void usageIsReadByThoseWhoMay() throws Exception {
    Map<String, String> all = Map.of("cost", "if-priced", "by", "namespace");
    try (InputStream body = ann.read("acme", "/usage", all).orThrow()) {
      ObjectNode report = Json.parse(body.readAllBytes());
      assertThat(report.path("currency").asString("")).isEqualTo("EUR");
      assertThat(report.path("labelKeys").toString()).isEqualTo("[\"app\",\"team\"]");
    }
    try (InputStream body = boss.read("root", "/usage", Map.of("format", "csv")).orThrow()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).startsWith("from,");
    }
    for (ApiResult<InputStream> refused :
        List.of(
            client("gus").read("acme", "/usage", Map.of()),
            ann.read("root", "/usage", Map.of()),
            ann.read("acme", "/usage", Map.of("tenant", "globex")))) {
      assertThat(refused.refusedFor(Reason.FORBIDDEN)).isTrue();
    }
    assertThat(ann.read("acme", "/usage", Map.of("step", "week")).refusedFor(Reason.BAD_REQUEST))
        .isTrue();
    assertThat(boss.read("root", "/nothing", Map.of()).refusedFor(Reason.NOT_FOUND)).isTrue();
    assertThat(boss.read("root", "/metrics", Map.of()).refusedFor(Reason.NOT_FOUND))
        .as("no document")
        .isTrue();
  }

  @Test
  void aTokenOfOnesOwnIsShownByItsCreationOnly() {
    ResourceScope tokens = scope("access.argosy.dev", "accesstokens", "acme");
    ApiObject made =
        ann.create(
                tokens,
                json(
                    "{\"metadata\":{\"name\":\"ci\"},\"spec\":{\"expiresAt\":\"%s\"}}",
                    rig.clock.instant().plusSeconds(3600)))
            .orThrow();
    assertThat(made.tree().at("/status/token").asString("")).startsWith("argosy_pat_");
    assertThat(ann.get(made.key()).orThrow().tree().at("/status/token").isMissingNode()).isTrue();
    assertThat(client("gus").list(tokens, ListOptions.EVERYTHING))
        .isInstanceOf(ApiResult.Refused.class);
  }

  @Test
  void theTrailIsReadPageByPageAndAPastIsRestored() throws Exception {
    ObjectKey key = new ObjectKey(CONFIG_MAPS, "acme", "default", "past");
    ResourceScope maps = ResourceScope.namespace(CONFIG_MAPS, "acme", "default");
    ann.create(maps, json("{\"metadata\":{\"name\":\"past\"},\"data\":{\"a\":\"1\"}}")).orThrow();
    ann.patch(key, "", Patch.merge(json("{\"data\":{\"a\":\"2\"}}"))).orThrow();
    ListOptions ofMap = ListOptions.fields("resource=configmaps,namespace=default,name=past");
    ResourceScope revisions = scope("history.argosy.dev", "objectrevisions", "acme");
    AccessRig.await(() -> ann.list(revisions, ofMap).orThrow().items().size() == 2);
    String first = ann.list(revisions, ofMap).orThrow().items().getLast().name();
    ObjectNode diff =
        ann.review(
                scope("history.argosy.dev", "revisiondiffs", "acme"),
                json("{\"spec\":{\"from\":\"%s\"}}", first))
            .orThrow();
    assertThat(diff.at("/status/changes/0/path").asString("")).isEqualTo("/data/a");
    ann.review(
            scope("history.argosy.dev", "objectrestores", "acme"),
            json("{\"spec\":{\"revision\":\"%s\"}}", first))
        .orThrow();
    assertThat(ann.get(key).orThrow().tree().at("/data/a").asString("")).isEqualTo("1");

    ResourceScope records = scope("audit.argosy.dev", "auditrecords", "acme");
    String selector = "resource=configmaps,name=past";
    AccessRig.await(
        () -> ann.list(records, ListOptions.fields(selector)).orThrow().items().size() >= 2);
    ObjectList page = ann.list(records, new ListOptions("", selector, 1, "", "", "")).orThrow();
    ObjectList next =
        ann.list(records, new ListOptions("", selector, 1, page.continueToken(), "", "")).orThrow();
    assertThat(page.items()).hasSize(1);
    assertThat(next.items()).hasSize(1).doesNotContainAnyElementsOf(page.items());
    assertThat(ann.get(page.items().getFirst().key()).orThrow().tree().at("/user").asString(""))
        .isEqualTo("ann");
    assertThat(client("gus").list(records, ListOptions.EVERYTHING))
        .isInstanceOf(ApiResult.Refused.class);
  }
}
