package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.tenancy.audit.AuditEntry;
import dev.argosy.tenancy.audit.AuditLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The trail as tenants and the platform see it, through the API. */
class AuditTrailTest {

  private static final String RECORDS = "/apis/audit.argosy.dev/v1/auditrecords";
  private static final String REVIEWS = "/apis/audit.argosy.dev/v1/trailreviews";
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
    map(ann, "seen");
    map(gus, "secret-plan");
    rig.call("DELETE", "/clusters/acme/api/v1/namespaces/default", rig.issuer.token("eve"), null);
    awaitRecord("acme", "name=seen");
    awaitRecord("acme", "user=eve");
    awaitRecord("globex", "name=secret-plan");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static void map(String token, String name) throws Exception {
    AccessRig.ok(
        201,
        rig.call(
            "POST",
            "/api/v1/namespaces/default/configmaps",
            token,
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
                + name
                + "\"}}"));
  }

  private static void awaitRecord(String cluster, String selector) throws Exception {
    AccessRig.await(
        () -> !list("/clusters/" + cluster, rig.admin(), selector).path("items").isEmpty());
  }

  private static AccessRig.Answer ask(String place, @Nullable String token, String selector)
      throws Exception {
    return rig.call(
        "GET",
        place + RECORDS + "?fieldSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8),
        token,
        null);
  }

  private static JsonNode list(String place, String token, String selector) throws Exception {
    return AccessRig.ok(200, ask(place, token, selector));
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> all = new ArrayList<>();
    list.path("items").forEach(item -> all.add(item.path(field).asString("")));
    return all;
  }

  @Test
  void tenantsSeeTheirOwnAndThePlatformAll() throws Exception {
    assertThat(texts(list("", ann, ""), "cluster")).isNotEmpty().containsOnly("acme");
    assertThat(texts(list("", gus, ""), "cluster")).isNotEmpty().containsOnly("globex");
    assertThat(texts(list("", rig.admin(), ""), "cluster")).contains("acme", "globex", "root");
    assertThat(texts(list("", rig.admin(), "cluster=globex,name=secret-plan"), "user"))
        .containsExactly("gus");
    assertThat(texts(list("", ann, "cluster=globex"), "cluster")).isEmpty();
    assertThat(texts(list("", ann, "name=secret-plan"), "name")).isEmpty();
    assertThat(ask("/clusters/globex", ann, "").code()).isEqualTo(403);
    assertThat(ask("/clusters/acme", rig.issuer.token("eve"), "").code()).isEqualTo(403);
    assertThat(ask("/clusters/acme", null, "").code()).isIn(401, 403);
  }

  @Test
  void requestsToClustersThatAreNotThereAreToldInThePlatformsTrail() throws Exception {
    String path = "/clusters/made-up/api/v1/namespaces/default/configmaps";
    rig.call("POST", path, rig.issuer.token("eve"), "{}");
    awaitRecord("root", "user=eve,resource=configmaps");
    JsonNode found = list("", rig.admin(), "user=eve,resource=configmaps");
    assertThat(texts(found, "cluster")).containsOnly("root");
    assertThat(texts(found, "requestURI")).contains(path);
    assertThat(texts(list("", rig.admin(), "cluster=made-up"), "cluster")).isEmpty();
  }

  @Test
  void oneRecordByNameButNoOther() throws Exception {
    JsonNode record = list("", gus, "name=secret-plan").path("items").path(0);
    String name = record.path("metadata").path("name").asString("");
    assertThat(name).isEqualTo("globex." + record.path("sequence").asLong(0));
    JsonNode got = AccessRig.ok(200, rig.call("GET", RECORDS + "/" + name, gus, null));
    assertThat(got.path("hash")).isEqualTo(record.path("hash"));
    assertThat(got.path("annotations").path("authorization.k8s.io/decision").asString(""))
        .isEqualTo("allow");
    for (String other : List.of(name, "globex.999999", "globex.x", "nothing")) {
      AccessRig.Answer answer = rig.call("GET", RECORDS + "/" + other, ann, null);
      assertThat(answer.code()).isEqualTo(404);
      assertThat(answer.json().path("message").asString(""))
          .isEqualTo("auditrecords.audit.argosy.dev \"" + other + "\" not found");
    }
  }

  @Test
  void selectsByEveryField() throws Exception {
    JsonNode record = list("", ann, "name=seen").path("items").path(0);
    for (String field :
        List.of(
            "cluster",
            "user",
            "source",
            "verb",
            "resource",
            "namespace",
            "name",
            "decision",
            "code",
            "auditID")) {
      String value = record.path(field).asString("");
      assertThat(value).as(field).isNotEmpty();
      assertThat(texts(list("", ann, field + "=" + value), "auditID"))
          .as(field)
          .contains(record.path("auditID").asString(""));
      assertThat(texts(list("", ann, field + "!=" + value), "auditID"))
          .as(field)
          .doesNotContain(record.path("auditID").asString(""));
    }
    assertThat(texts(list("", ann, "decision=forbid,code=403"), "user")).containsOnly("eve");
    assertThat(texts(list("", ann, "apiGroup=,impersonatedUser=,subresource="), "name"))
        .contains("seen");
    assertThat(texts(list("", ann, "since=2000-01-01T00:00:00Z"), "name")).contains("seen");
    assertThat(texts(list("", ann, "until=2000-01-01T00:00:00Z"), "name")).isEmpty();
  }

  @Test
  void badSelectorsAreToldWhatThereIs() throws Exception {
    for (String bad :
        List.of(
            "metadata.name=x",
            "user",
            "usr=x",
            "code=many",
            "since=yesterday",
            "since!=2026-01-01T00:00:00Z",
            "until=+9999999-01-01T00:00:00Z",
            "name=a\0b")) {
      AccessRig.Answer answer = ask("", ann, bad);
      assertThat(answer.code()).as(bad + answer.body()).isEqualTo(400);
    }
    assertThat(ask("", ann, "usr=x").json().path("message").asString(""))
        .isEqualTo(
            "field label not supported: usr; audit records are selected by cluster, user,"
                + " impersonatedUser, source, verb, apiGroup, resource, subresource, namespace,"
                + " name, decision, code, auditID, since, until");
    for (String query :
        List.of("labelSelector=a%3Db", "continue=nonsense", "continue=e30", "limit=x")) {
      AccessRig.Answer answer = rig.call("GET", RECORDS + "?" + query, ann, null);
      assertThat(answer.code()).as(query + answer.body()).isEqualTo(400);
    }
  }

  @Test
  void pagesHoldEveryRecordOnce() throws Exception {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entries.add(entry("pager", "paged-" + i));
    }
    new AuditLog(rig.database).append(entries);
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          AccessRig.ok(
              200,
              rig.call(
                  "GET",
                  "/clusters/globex"
                      + RECORDS
                      + "?limit=7&fieldSelector=user%3Dpager"
                      + (next.isEmpty() ? "" : "&continue=" + next),
                  rig.admin(),
                  null));
      assertThat(page.path("items").size()).isLessThanOrEqualTo(7);
      seen.addAll(texts(page, "name"));
      next = page.path("metadata").path("continue").asString("");
    } while (!next.isEmpty());
    assertThat(seen).hasSize(40).doesNotHaveDuplicates().startsWith("paged-39");
  }

  private static AuditEntry entry(String user, String name) {
    return new AuditEntry(
        Instant.parse("2026-01-01T00:00:00Z"),
        new AuditEntry.Who(user, "", List.of(), "", ""),
        new AuditEntry.Action("create", "globex", "", "pods", "", "default", name, "/"),
        new AuditEntry.Answer("allow", 201),
        new AuditEntry.Details(
            "",
            "ResponseComplete",
            "Metadata",
            "/",
            "{}",
            Optional.of("{\"kind\":\"Pod\"}"),
            Optional.empty()));
  }

  @Test
  void isShownAsATableAndReadOnly() throws Exception {
    JsonNode table =
        AccessRig.ok(
            200,
            rig.call(
                "GET",
                RECORDS + "?fieldSelector=name%3Dseen",
                ann,
                null,
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.path("columnDefinitions"))
        .extracting(column -> column.path("name").asString(""))
        .startsWith("Name", "Age", "User", "Verb", "Resource", "Namespace", "Object", "Code");
    assertThat(table.path("rows").path(0).path("cells").path(6).asString("")).isEqualTo("seen");
    assertThat(rig.call("DELETE", RECORDS + "/acme.1", ann, null).code()).isEqualTo(405);
    assertThat(rig.call("POST", RECORDS, ann, "{}").code()).isEqualTo(405);
    assertThat(rig.call("GET", RECORDS + "?watch=1", ann, null).code()).isEqualTo(405);
  }

  private static AccessRig.Answer export(String place, String token, String query)
      throws Exception {
    return rig.call("GET", place + "/audit/export?" + query, token, null);
  }

  @Test
  void exportsASearchWhole() throws Exception {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      entries.add(entry("exporter", "=exported,\"" + i + "\""));
    }
    new AuditLog(rig.database).append(entries);
    String selector = "fieldSelector=user%3Dexporter";
    AccessRig.Answer lines = export("", gus, selector);
    assertThat(lines.code()).as(lines.body()).isEqualTo(200);
    List<String> all = lines.body().lines().toList();
    assertThat(all).hasSize(1_200).doesNotHaveDuplicates();
    assertThat(Json.mapper().readTree(all.getFirst()).path("name").asString(""))
        .isEqualTo("=exported,\"1199\"");
    AccessRig.Answer csv = export("/clusters/globex", rig.admin(), "format=csv&" + selector);
    assertThat(csv.code()).isEqualTo(200);
    List<String> rows = csv.body().lines().toList();
    assertThat(rows).hasSize(1_201);
    assertThat(rows.getFirst()).startsWith("cluster,sequence,at,user,impersonatedUser,groups");
    assertThat(rows.get(1)).contains(",\"'=exported,\"\"1199\"\"\",");
    assertThat(export("", ann, selector).body()).isEmpty();
    assertThat(export("", rig.admin(), selector + "%2Ccluster%3Dacme").body()).isEmpty();
  }

  @Test
  void exportsForThoseWhoMayListOnly() throws Exception {
    assertThat(export("/clusters/globex", ann, "").code()).isEqualTo(403);
    assertThat(export("/clusters/acme", rig.issuer.token("eve"), "").code()).isEqualTo(403);
    // the path alone is not enough
    String rbac = "/clusters/acme/apis/rbac.authorization.k8s.io/v1/";
    AccessRig.ok(
        201,
        rig.call(
            "POST",
            rbac + "clusterroles",
            rig.admin(),
            "{\"metadata\":{\"name\":\"export\"},\"rules\":[{\"nonResourceURLs\":[\"/audit/export\"],\"verbs\":[\"get\"]}]}"));
    AccessRig.ok(
        201,
        rig.call(
            "POST",
            rbac + "clusterrolebindings",
            rig.admin(),
            "{\"metadata\":{\"name\":\"export\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"export\"},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"eve\"}]}"));
    AccessRig.await(() ->
        export("/clusters/acme", rig.issuer.token("eve"), "")
            .body()
            .contains("needs the right to list auditrecords.audit.argosy.dev"));
    assertThat(export("/clusters/acme", rig.issuer.token("eve"), "").code()).isEqualTo(403);
    assertThat(export("", ann, "format=xml").code()).isEqualTo(400);
    assertThat(export("", ann, "fieldSelector=x%3Dy").code()).isEqualTo(400);
    assertThat(rig.call("POST", "/audit/export", ann, "{}").code()).isEqualTo(405);
  }

  private static AccessRig.Answer review(String place, String token, String spec) throws Exception {
    return rig.call(
        "POST",
        place + REVIEWS,
        token,
        "{\"apiVersion\":\"audit.argosy.dev/v1\",\"kind\":\"TrailReview\",\"spec\":" + spec + "}");
  }

  @Test
  void aTenantVerifiesItsOwnTrail() throws Exception {
    JsonNode status = AccessRig.ok(201, review("", ann, "{}")).path("status");
    assertThat(status.path("intact").asBoolean(false)).isTrue();
    assertThat(status.path("complete").asBoolean(false)).isTrue();
    assertThat(status.path("entries").asLong(0)).isPositive();
    JsonNode end = status.path("end");
    JsonNode again =
        AccessRig.ok(201, review("", ann, "{\"after\":" + end + ",\"limit\":10}")).path("status");
    assertThat(again.path("intact").asBoolean(false)).isTrue();
    JsonNode forged =
        AccessRig.ok(
                201,
                review("", ann, "{\"after\":{\"sequence\":1,\"hash\":\"" + "0".repeat(64) + "\"}}"))
            .path("status");
    assertThat(forged.path("intact").asBoolean(true)).isFalse();
    assertThat(forged.path("finding").path("kind").asString("")).isEqualTo("Replaced");
    assertThat(forged.path("finding").path("sequence").asLong(0)).isEqualTo(1);
    JsonNode other =
        AccessRig.ok(201, review("", rig.admin(), "{\"cluster\":\"globex\"}")).path("status");
    assertThat(other.path("intact").asBoolean(false)).isTrue();
    assertThat(other.path("end").path("sequence").asLong(0)).isPositive();
  }

  @Test
  void badReviewsAreRefusedClearly() throws Exception {
    assertThat(review("", ann, "{\"cluster\":\"globex\"}").code()).isEqualTo(422);
    assertThat(review("", ann, "{\"limit\":0}").code()).isEqualTo(422);
    assertThat(review("", ann, "{\"after\":{\"sequence\":-1,\"hash\":\"x\"}}").code())
        .isEqualTo(422);
    assertThat(review("", ann, "{\"after\":{\"sequence\":1,\"hash\":\"x\"}}").code())
        .isEqualTo(422);
    assertThat(review("", ann, "{\"limit\":\"many\"}").code()).isEqualTo(400);
    assertThat(review("/clusters/acme", rig.issuer.token("eve"), "{}").code()).isEqualTo(403);
    assertThat(review("/clusters/globex", ann, "{}").code()).isEqualTo(403);
  }

  @Test
  void tenantsSayHowLongTheirTrailIsKept() throws Exception {
    String path = "/apis/tenancy.argosy.dev/v1/tenants/acme";
    for (String bad : List.of("0", "-1", "3661")) {
      AccessRig.Answer answer =
          rig.call("PATCH", path, rig.admin(), "{\"spec\":{\"auditRetentionDays\":" + bad + "}}");
      assertThat(answer.code()).as(bad).isEqualTo(422);
      assertThat(answer.body()).contains("must be between 1 and 3660, inclusive");
    }
    JsonNode tenant =
        AccessRig.ok(
            200, rig.call("PATCH", path, rig.admin(), "{\"spec\":{\"auditRetentionDays\":30}}"));
    assertThat(tenant.path("spec").path("auditRetentionDays").asInt(0)).isEqualTo(30);
  }
}
