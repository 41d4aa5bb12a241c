package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tenants that users ask for, and whoever decides about them. */
class TenantRequestTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String REQUESTS = ROOT + "tenantrequests";
  private static final String POLICIES = ROOT + "tenantrequestpolicies";

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static JsonNode ask(int code, @Nullable String token, String name, String spec)
      throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec);
    return ok(code, rig.call("POST", REQUESTS, token, body));
  }

  private static AccessRig.Answer decision(String token, String name, String word, String why)
      throws Exception {
    String body = "{\"spec\":{\"decision\":\"%s\",\"message\":\"%s\"}}".formatted(word, why);
    return rig.call("POST", REQUESTS + "/" + name + "/approval", token, body);
  }

  private static JsonNode decide(int code, String token, String name, String word)
      throws Exception {
    return ok(code, decision(token, name, word, "as agreed"));
  }

  private static JsonNode request(String name) throws Exception {
    return ok(200, rig.call("GET", REQUESTS + "/" + name, rig.admin(), null));
  }

  private static boolean holds(String name, String type) throws Exception {
    for (JsonNode condition : request(name).path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static AccessRig.Answer tenant(String name) throws Exception {
    return rig.call("GET", ROOT + "tenants/" + name, rig.admin(), null);
  }

  private static void awaitAdministrator(String token, String tenant) throws Exception {
    String path = "/clusters/" + tenant + "/api/v1/namespaces/default";
    AccessRig.await(() -> rig.call("GET", path, token, null).code() == 200);
  }

  private static List<String> listed(String token) throws Exception {
    List<String> names = new ArrayList<>();
    ok(200, rig.call("GET", REQUESTS, token, null))
        .path("items")
        .forEach(item -> names.add(item.at("/metadata/name").asString("")));
    return names;
  }

  @Test
  void anAdministratorApprovesOrDenies() throws Exception {
    String kim = rig.issuer.token("kim", "staff");
    JsonNode made =
        ask(201, kim, "kims", "\"name\":\"kims\",\"displayName\":\"Kim's\",\"username\":\"boss\"");
    assertThat(made.at("/spec/username").asString()).isEqualTo("kim");
    assertThat(made.at("/spec/groups").toString()).contains("staff");
    decide(403, kim, "kims", "Approved");
    decide(403, rig.issuer.token("lou"), "kims", "Approved");
    assertThat(tenant("kims").code()).isEqualTo(404);
    assertThat(decide(201, rig.admin(), "kims", "Approved").at("/status/decidedBy").asString())
        .isEqualTo("boss");
    AccessRig.await(() -> holds("kims", "Created"));
    awaitAdministrator(kim, "kims");
    assertThat(tenant("kims").json().at("/spec/displayName").asString()).isEqualTo("Kim's");
    assertThat(request("kims").at("/status/tenant").asString()).isEqualTo("kims");

    ask(201, kim, "more", "\"name\":\"more\"");
    assertThat(ok(422, decision(rig.admin(), "more", "Denied", "")).path("message").asString())
        .contains("spec.message: Required value");
    decide(422, rig.admin(), "more", "Perhaps");
    decide(404, rig.admin(), "none", "Approved");
    decide(201, rig.admin(), "more", "Denied");
    decide(201, rig.admin(), "more", "Denied");
    assertThat(decide(409, rig.admin(), "more", "Approved").path("message").asString())
        .contains("it was denied by boss already");
    JsonNode denied = ok(200, rig.call("GET", REQUESTS + "/more", kim, null));
    assertThat(denied.at("/status/conditions/0/message").asString()).isEqualTo("as agreed");
    assertThat(tenant("more").code()).isEqualTo(404);
  }

  @Test
  void aTenantOfThatNameIsNotTakenOver() throws Exception {
    rig.tenant("taken", "ted");
    String eve = rig.issuer.token("eve");
    ask(201, eve, "taken", "\"name\":\"taken\"");
    decide(201, rig.admin(), "taken", "Approved");
    AccessRig.await(() -> holds("taken", "Failed"));
    assertThat(rig.call("GET", "/clusters/taken/api/v1/namespaces/default", eve, null).code())
        .isEqualTo(403);

    for (String name : List.of("one", "two")) {
      ask(201, eve, name, "\"name\":\"once\"");
      decide(201, rig.admin(), name, "Approved");
    }
    AccessRig.await(() -> holds("one", "Created") || holds("one", "Failed"));
    AccessRig.await(() -> holds("two", "Created") || holds("two", "Failed"));
    assertThat(holds("one", "Created")).isNotEqualTo(holds("two", "Created"));
  }

  @Test
  void whatCannotBeMadeFails() throws Exception {
    String mia = rig.issuer.token("mia");
    ask(201, mia, "orphan", "\"name\":\"orphan\",\"parent\":\"nowhere\"");
    decide(201, rig.admin(), "orphan", "Approved");
    AccessRig.await(() -> holds("orphan", "Failed"));
    ask(201, mia, "bare", "\"name\":\"bare\",\"template\":\"nowhere\"");
    decide(201, rig.admin(), "bare", "Approved");
    AccessRig.await(() -> holds("bare", "Failed"));
    assertThat(request("bare").at("/status/conditions/1/message").asString())
        .contains("spec.template: Not found: \"nowhere\"");
  }

  @Test
  void badRequestsAreRefused() throws Exception {
    String bea = rig.issuer.token("bea");
    ask(422, bea, "bad", "\"name\":\"Not_A_Name\"");
    ask(422, bea, "reserved", "\"name\":\"root\"");
    ask(422, bea, "nameless", "\"reason\":\"none\"");
    ask(422, bea, "self", "\"name\":\"self\",\"parent\":\"self\"");
    ask(422, bea, "long", "\"name\":\"long\",\"reason\":\"" + "x".repeat(1025) + "\"");
    ask(403, null, "nobody", "\"name\":\"nobodys\"");
    ok(422, policy("empty", "\"tenantsPerUser\":1"));
    ok(422, policy("many", "\"groups\":[\"g\"],\"tenantsPerUser\":101"));
    ok(422, policy("pattern", "\"groups\":[\"g\"],\"namePattern\":\"(\""));
    ok(403, rig.call("POST", POLICIES, bea, "{\"metadata\":{\"name\":\"mine\"},\"spec\":{}}"));

    ask(201, bea, "fixed", "\"name\":\"fixed\"");
    String other = "{\"spec\":{\"name\":\"other\"}}";
    ok(403, rig.call("PATCH", REQUESTS + "/fixed", bea, other));
    ok(422, rig.call("PATCH", REQUESTS + "/fixed", rig.admin(), other));
    decide(201, rig.admin(), "fixed", "Denied");
    String undecided = "{\"status\":{\"conditions\":null}}";
    ok(422, rig.call("PATCH", REQUESTS + "/fixed/status", rig.admin(), undecided));
    ok(403, rig.call("PATCH", REQUESTS + "/fixed/status", bea, undecided));
  }

  @Test
  void nobodyKeepsTooMany() throws Exception {
    String max = rig.issuer.token("max");
    for (int i = 0; i < 20; i++) {
      ask(201, max, "max-" + i, "\"name\":\"max-" + i + "\"");
    }
    AccessRig.await(() -> listed(max).size() == 20);
    assertThat(ask(403, max, "max-20", "\"name\":\"max-20\"").path("message").asString())
        .contains("at most 20 requests");
    ask(201, rig.issuer.token("moe"), "moe", "\"name\":\"moe\"");
    ok(200, rig.call("DELETE", REQUESTS + "/max-3", max, null));
    AccessRig.await(() -> listed(max).size() == 19);
    ask(201, max, "max-20", "\"name\":\"max-20\"");
  }

  @Test
  void everybodySeesTheirOwn() throws Exception {
    rig.tenant("firm", "fay");
    String fay = rig.issuer.token("fay");
    String nia = rig.issuer.token("nia");
    ask(201, nia, "branch", "\"name\":\"branch\",\"parent\":\"firm\"");
    ask(201, nia, "alone", "\"name\":\"alone\"");
    AccessRig.await(() -> listed(nia).equals(List.of("alone", "branch")));
    assertThat(listed(fay)).containsExactly("branch");
    assertThat(listed(rig.issuer.token("zoe"))).isEmpty();
    assertThat(listed(rig.admin())).contains("alone", "branch");
    JsonNode page = ok(200, rig.call("GET", REQUESTS + "?limit=1", nia, null));
    assertThat(page.path("items")).hasSize(1);
    assertThat(page.path("metadata").has("remainingItemCount")).isFalse();
    String rest = page.at("/metadata/continue").asString();
    JsonNode last = ok(200, rig.call("GET", REQUESTS + "?limit=1&continue=" + rest, nia, null));
    assertThat(last.at("/items/0/metadata/name").asString()).isEqualTo("branch");
    String watch = REQUESTS + "?watch=1&timeoutSeconds=1&resourceVersion=0";
    assertThat(rig.call("GET", watch, nia, null).body()).contains("branch", "alone");
    assertThat(rig.call("GET", watch, fay, null).body()).contains("branch").doesNotContain("alone");
    assertThat(rig.call("GET", watch, rig.issuer.token("zoe"), null).body()).isEmpty();
    ok(403, rig.call("GET", REQUESTS + "/alone", fay, null));
    ok(403, rig.call("DELETE", REQUESTS + "/branch", fay, null));
    ok(403, rig.call("DELETE", REQUESTS, nia, null));
    ok(403, rig.call("GET", REQUESTS, null, null));

    decide(403, fay, "alone", "Approved");
    decide(403, nia, "branch", "Approved");
    decide(201, fay, "branch", "Approved");
    AccessRig.await(() -> holds("branch", "Created"));
    awaitAdministrator(nia, "branch");
    ok(403, rig.call("GET", "/clusters/firm/api/v1/namespaces/default", nia, null));
    JsonNode table =
        ok(
            200,
            rig.call(
                "GET",
                REQUESTS,
                nia,
                null,
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.at("/rows/0/cells").toString()).contains("alone", "nia", "Pending");
    assertThat(table.at("/rows/1/cells").toString()).contains("branch", "nia", "Created", "fay");
  }

  @Test
  void childrenRunWhereTheirParentDoes() throws Exception {
    rig.tenant("fast", "fred");
    String pools = "{\"spec\":{\"nodePools\":[\"gpu\"]}}";
    ok(200, rig.call("PATCH", ROOT + "tenants/fast", rig.admin(), pools));
    ask(201, rig.issuer.token("gil"), "child", "\"name\":\"child\",\"parent\":\"fast\"");
    AccessRig.await(
        () -> decision(rig.issuer.token("fred"), "child", "Approved", "").code() == 201);
    AccessRig.await(() -> holds("child", "Created"));
    assertThat(tenant("child").json().at("/spec/nodePools").toString()).isEqualTo("[\"gpu\"]");
  }

  private static AccessRig.Answer policy(String name, String spec) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec);
    return rig.call("POST", POLICIES, rig.admin(), body);
  }

  @Test
  void aPolicyApprovesAtOnceAndNoneTooMany() throws Exception {
    String pat = rig.issuer.token("pat", "students");
    ask(201, pat, "pat-0", "\"name\":\"lab-pat-0\"");
    ok(
        201,
        policy(
            "students",
            "\"groups\":[\"students\"],\"tenantsPerUser\":2,\"namePattern\":\"lab-[a-z0-9-]+\""));
    AccessRig.await(() -> holds("pat-0", "Created"));
    ask(201, pat, "pat-1", "\"name\":\"lab-pat-1\"");
    AccessRig.await(() -> holds("pat-1", "Created"));
    ask(201, pat, "pat-2", "\"name\":\"lab-pat-2\"");
    ask(201, pat, "pat-x", "\"name\":\"pat-x\"");
    ask(201, rig.issuer.token("sue", "teachers"), "sue-0", "\"name\":\"lab-sue-0\"");
    ask(201, rig.issuer.token("ron", "students"), "ron-0", "\"name\":\"lab-ron-0\"");
    AccessRig.await(() -> holds("ron-0", "Created"));
    assertThat(holds("pat-2", "Approved")).isFalse();
    assertThat(holds("pat-x", "Approved")).isFalse();
    assertThat(holds("sue-0", "Approved")).isFalse();
    assertThat(request("pat-1").at("/status/decidedBy").asString())
        .isEqualTo("TenantRequestPolicy students");

    String unmarked = "{\"metadata\":{\"annotations\":null}}";
    ok(200, rig.call("PATCH", ROOT + "tenants/lab-pat-1", rig.admin(), unmarked));
    ok(200, rig.call("DELETE", REQUESTS + "/pat-1", pat, null));
    ask(201, pat, "pat-3", "\"name\":\"lab-pat-3\"");
    ask(201, rig.issuer.token("ron", "students"), "ron-1", "\"name\":\"lab-ron-1\"");
    AccessRig.await(() -> holds("ron-1", "Created"));
    assertThat(holds("pat-3", "Approved")).isFalse();

    ok(200, rig.call("DELETE", ROOT + "tenants/lab-pat-1", rig.admin(), null));
    AccessRig.await(() -> holds("pat-2", "Created") || holds("pat-3", "Created"));
    AccessRig.await(() -> tenant("lab-pat-1").code() == 404);
    assertThat(holds("pat-2", "Created") && holds("pat-3", "Created")).isFalse();
  }

  @Test
  void ofManyDecisionsAtATimeOneCounts() throws Exception {
    ask(201, rig.issuer.token("ray"), "race", "\"name\":\"race\"");
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String who = rig.issuer.token("admin-" + i, "platform-admins");
      String word = i % 2 == 0 ? "Approved" : "Denied";
      calls.add(() -> decision(who, "race", word, "by " + word).code());
    }
    int taken = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isIn(201, 409);
        taken += answer.get() == 201 ? 1 : 0;
      }
    }
    assertThat(taken).isEqualTo(4);
    assertThat(holds("race", "Approved")).isNotEqualTo(holds("race", "Denied"));
  }
}
