package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tenants that are suspended, resumed, deleted and restored, over HTTP. */
class TenantLifeTest {

  private static final String TENANTS = "/apis/tenancy.argosy.dev/v1/tenants";
  private static final String MEMBERS = "/apis/tenancy.argosy.dev/v1/members";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static JsonNode tenant(String name) throws Exception {
    return ok(200, rig.call("GET", TENANTS + "/" + name, rig.admin(), null));
  }

  private static JsonNode patch(int code, String name, String patch) throws Exception {
    return ok(code, rig.call("PATCH", TENANTS + "/" + name, rig.admin(), patch));
  }

  private static void awaitPhase(String name, String phase) throws Exception {
    AccessRig.await(() -> tenant(name).at("/status/phase").asString("").equals(phase));
  }

  private static JsonNode create(int code, String name, String spec) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec);
    return ok(code, rig.call("POST", TENANTS, rig.admin(), body));
  }

  private static JsonNode delete(int code, String name, @Nullable String options) throws Exception {
    return ok(code, rig.call("DELETE", TENANTS + "/" + name, rig.admin(), options));
  }

  private static JsonNode restore(int code, String name) throws Exception {
    return ok(code, rig.call("POST", TENANTS + "/" + name + "/restore", rig.admin(), "{}"));
  }

  private static void member(String name, String tenant, String role, String user)
      throws Exception {
    ok(
        201,
        rig.call(
            "POST",
            MEMBERS,
            rig.admin(),
            """
            {"metadata":{"name":"%s"},"spec":{"tenant":"%s","role":"%s",
             "subject":{"kind":"User","name":"%s"}}}
            """
                .formatted(name, tenant, role, user)));
  }

  private static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return object.path("no such condition");
  }

  private static String in(String tenant, String path) {
    return "/clusters/" + tenant + path;
  }

  private static AccessRig.Answer bind(String tenant, String pod) throws Exception {
    String binding =
        "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}";
    String path = in(tenant, PODS) + "/" + pod + "/binding";
    return rig.call("POST", path, rig.admin(), binding.formatted(pod));
  }

  private static void pod(String tenant, String token, String name) throws Exception {
    String body =
        """
        {"metadata":{"name":"%s"},"spec":{"containers":[{"name":"c","image":"i"}],
         "automountServiceAccountToken":false}}
        """;
    ok(201, rig.call("POST", in(tenant, PODS), token, body.formatted(name)));
  }

  /** As a later server may have written it, which knows what it means. */
  @Test
  void aPhaseThatNobodyHereKnowsIsLeftAlone() throws Exception {
    create(201, "moving", "");
    awaitPhase("moving", "Active");
    ok(
        200,
        rig.call(
            "PATCH",
            TENANTS + "/moving/status",
            rig.admin(),
            "{\"status\":{\"phase\":\"Moving\"}}"));
    patch(200, "moving", "{\"spec\":{\"displayName\":\"On its way\"}}");
    create(201, "after", "");
    awaitPhase("after", "Active"); // and so the loop has had time to look at the other
    JsonNode moving = tenant("moving");
    assertThat(moving.at("/status/phase").asString()).isEqualTo("Moving");
    assertThat(moving.at("/spec/displayName").asString()).isEqualTo("On its way");
    ok(200, rig.call("GET", in("moving", MAPS), rig.admin(), null));
    delete(200, "moving", null);
    AccessRig.await(() -> rig.call("GET", TENANTS + "/moving", rig.admin(), null).code() == 404);
  }

  @Test
  void aSuspendedTenantStopsAndComesBack() throws Exception {
    rig.tenant("lunar", "lea");
    String lea = rig.issuer.token("lea");
    pod("lunar", lea, "bare");
    ok(201, bind("lunar", "bare"));
    patch(200, "lunar", "{\"spec\":{\"suspended\":true}}");
    String path = in("lunar", PODS) + "/bare";
    AccessRig.await(
        () -> rig.call("GET", path, lea, null).json().at("/metadata").has("deletionTimestamp"));
    JsonNode stopping = condition(tenant("lunar"), "Suspended");
    assertThat(stopping.path("status").asString()).isEqualTo("False");
    assertThat(stopping.path("reason").asString()).isEqualTo("Stopping");
    // as the node's agent does once the containers have ended
    ok(200, rig.asNode("n1", "DELETE", path, "{\"gracePeriodSeconds\":0}"));
    awaitPhase("lunar", "Suspended");
    JsonNode suspended = condition(tenant("lunar"), "Suspended");
    assertThat(suspended.path("status").asString()).isEqualTo("True");
    assertThat(suspended.path("reason").asString()).isEqualTo("SpecSuspended");

    onlyThePlatformWrites(lea);

    patch(200, "lunar", "{\"spec\":{\"suspended\":false}}");
    awaitPhase("lunar", "Active");
    AccessRig.await(() -> rig.call("GET", path, lea, null).code() == 200);
    assertThat(condition(tenant("lunar"), "Suspended").path("reason").asString())
        .isEqualTo("Resumed");
    AccessRig.await(
        () -> rig.call("POST", MAPS, lea, "{\"metadata\":{\"name\":\"mine\"}}").code() == 201);
    AccessRig.await(() -> bind("lunar", "bare").code() == 201);
  }

  private static void onlyThePlatformWrites(String member) throws Exception {
    ok(200, rig.call("GET", MAPS, member, null));
    JsonNode refused =
        ok(403, rig.call("POST", MAPS, member, "{\"metadata\":{\"name\":\"mine\"}}"));
    assertThat(refused.path("message").asString())
        .isEqualTo(
            "configmaps \"mine\" is forbidden: tenant lunar is suspended: only the platform's"
                + " administrators may change it");
    assertThat(refused.path("reason").asString()).isEqualTo("Forbidden");
    String review = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    String asked = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\"}}}";
    ok(201, rig.call("POST", review, member, asked));
    ok(403, rig.call("DELETE", "/api/v1/namespaces/kube-node-lease", member, null));
    String map = "{\"metadata\":{\"name\":\"theirs\"}}";
    ok(201, rig.call("POST", in("lunar", MAPS), rig.admin(), map));
    ok(403, rig.call("PATCH", MAPS + "/theirs", member, "{\"data\":{\"a\":\"b\"}}"));
    String pod =
        """
        {"metadata":{"name":"placed"},"spec":{"nodeName":"n1",
         "containers":[{"name":"c","image":"i"}],"automountServiceAccountToken":false}}
        """;
    JsonNode placed = ok(403, rig.call("POST", in("lunar", PODS), rig.admin(), pod));
    assertThat(placed.path("message").asString()).endsWith("its pods get no nodes");
    String waiting = pod.replace("\"nodeName\":\"n1\",", "").replace("placed", "waiting");
    ok(201, rig.call("POST", in("lunar", PODS), rig.admin(), waiting));
    ok(403, bind("lunar", "waiting"));
  }

  @Test
  void aTenantMayBeginSuspended() throws Exception {
    create(201, "asleep", "\"suspended\":true");
    awaitPhase("asleep", "Suspended");
    ok(200, rig.call("GET", in("asleep", "/api/v1/namespaces/default"), rig.admin(), null));
  }

  @Test
  void aDeletedTenantIsKeptAndCanBeRestored() throws Exception {
    rig.tenant("comet", "cyd");
    String cyd = rig.issuer.token("cyd");
    ok(201, rig.call("POST", MAPS, cyd, "{\"metadata\":{\"name\":\"data\"}}"));
    patch(200, "comet", "{\"spec\":{\"deletionGracePeriodSeconds\":3600}}");
    Instant before = rig.clock.instant();
    delete(200, "comet", null);
    awaitPhase("comet", "DeletionRequested");
    AccessRig.await(() -> tenant("comet").path("status").has("keptUntil"));
    assertThat(Instant.parse(tenant("comet").at("/status/keptUntil").asString("")))
        .isBetween(before.plusSeconds(3590), rig.clock.instant().plusSeconds(3610));
    ok(200, rig.call("GET", MAPS + "/data", cyd, null));
    ok(403, rig.call("DELETE", MAPS + "/data", cyd, null));
    JsonNode table =
        ok(
            200,
            rig.call(
                "GET",
                TENANTS + "/comet",
                rig.admin(),
                null,
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.at("/rows/0/cells").toString()).contains("\"DeletionRequested\"");
    AccessRig.await(
        () -> condition(tenant("comet"), "Suspended").path("status").asString("").equals("True"));
    JsonNode restored = restore(201, "comet");
    assertThat(restored.path("kind").asString()).isEqualTo("Tenant");
    assertThat(restored.path("metadata").has("deletionTimestamp")).isFalse();
    awaitPhase("comet", "Active");
    assertThat(tenant("comet").path("status").has("keptUntil")).isFalse();
    AccessRig.await(() -> rig.call("DELETE", MAPS + "/data", cyd, null).code() == 200);
    assertThat(restore(409, "comet").path("message").asString())
        .endsWith("its deletion was not asked for");
    ok(404, rig.call("POST", TENANTS + "/nobody/restore", rig.admin(), "{}"));
    ok(403, rig.call("POST", in("root", TENANTS) + "/comet/restore", cyd, "{}"));
  }

  @Test
  void theGracePeriodEndsByItselfOrWhenAskedTo() throws Exception {
    create(201, "brief", "\"deletionGracePeriodSeconds\":1");
    awaitPhase("brief", "Active");
    delete(200, "brief", null);
    AccessRig.await(() -> rig.call("GET", TENANTS + "/brief", rig.admin(), null).code() == 404);

    create(201, "long", "\"deletionGracePeriodSeconds\":86400");
    awaitPhase("long", "Active");
    delete(200, "long", null);
    awaitPhase("long", "DeletionRequested");
    delete(200, "long", "{\"gracePeriodSeconds\":0}");
    AccessRig.await(() -> rig.call("GET", TENANTS + "/long", rig.admin(), null).code() == 404);
  }

  @Test
  void whatIsBeingEmptiedIsNotRestored() throws Exception {
    create(201, "doomed", "");
    awaitPhase("doomed", "Active");
    String map = "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/hold\"]}}";
    pod("doomed", rig.admin(), "stays"); // a pod on a node keeps what has finalizers
    ok(201, bind("doomed", "stays"));
    ok(201, rig.call("POST", in("doomed", MAPS), rig.admin(), map));
    delete(200, "doomed", null);
    assertThat(restore(409, "doomed").path("message").asString())
        .endsWith("it is being emptied and cannot be restored any more");
    String path = in("doomed", PODS) + "/stays";
    AccessRig.await(() ->
        rig.call("GET", path, rig.admin(), null).json().path("metadata").has("deletionTimestamp"));
    ok(200, rig.asNode("n1", "DELETE", path, "{\"gracePeriodSeconds\":0}"));
    AccessRig.await(() -> rig.call("GET", TENANTS + "/doomed", rig.admin(), null).code() == 404);
  }

  @Test
  void parentsAreThereAndNoCircle() throws Exception {
    assertThat(create(422, "orphan", "\"parent\":\"nobody\"").path("message").asString())
        .isEqualTo(
            "Tenant.tenancy.argosy.dev \"orphan\" is invalid: spec.parent: Not found: \"nobody\"");
    create(201, "top", "");
    create(201, "middle", "\"parent\":\"top\"");
    create(201, "leaf", "\"parent\":\"middle\"");
    JsonNode circle = patch(422, "top", "{\"spec\":{\"parent\":\"leaf\"}}");
    assertThat(circle.path("message").asString())
        .endsWith("spec.parent: Invalid value: \"leaf\": stands below tenant top itself");
    assertThat(patch(422, "top", "{\"spec\":{\"parent\":\"top\"}}").path("message").asString())
        .contains("must not be the tenant itself");
    JsonNode refused = delete(409, "top", null);
    assertThat(refused.path("message").asString())
        .endsWith("tenants below it must be deleted first: middle");
    assertThat(refused.at("/details/causes/0/message").asString())
        .isEqualTo("tenant middle stands below it");
    for (String name : new String[] {"leaf", "middle", "top"}) {
      delete(200, name, null);
      AccessRig.await(() -> rig.call("GET", TENANTS + "/" + name, rig.admin(), null).code() == 404);
    }
  }

  @Test
  void treesAreNotDeeperThanEight() throws Exception {
    String parent = "";
    for (int level = 1; level <= 8; level++) {
      create(201, "level-" + level, parent.isEmpty() ? "" : "\"parent\":\"" + parent + "\"");
      parent = "level-" + level;
    }
    JsonNode refused = create(422, "level-9", "\"parent\":\"level-8\"");
    assertThat(refused.path("message").asString()).contains("at most 8 tenants");
    create(201, "pair", "");
    create(201, "pair-below", "\"parent\":\"pair\"");
    patch(422, "pair", "{\"spec\":{\"parent\":\"level-7\"}}");
    patch(200, "pair", "{\"spec\":{\"parent\":\"level-6\"}}");
  }

  @Test
  void membersOfAParentAreMembersBelowIt() throws Exception {
    create(201, "group", "");
    create(201, "unit", "\"parent\":\"group\"");
    create(201, "stranger", "");
    awaitPhase("unit", "Active");
    awaitPhase("stranger", "Active");
    member("pia-in-group", "group", "admin", "pia");
    member("vic-in-group", "group", "viewer", "vic");
    member("una-in-unit", "unit", "admin", "una");
    String pia = rig.issuer.token("pia");
    AccessRig.await(() -> rig.call("GET", in("unit", MAPS), pia, null).code() == 200);
    ok(201, rig.call("POST", in("unit", MAPS), pia, "{\"metadata\":{\"name\":\"a\"}}"));
    String vic = rig.issuer.token("vic");
    AccessRig.await(() -> rig.call("GET", in("unit", MAPS), vic, null).code() == 200);
    ok(403, rig.call("POST", in("unit", MAPS), vic, "{\"metadata\":{\"name\":\"b\"}}"));
    String una = rig.issuer.token("una");
    AccessRig.await(() -> rig.call("GET", in("unit", MAPS), una, null).code() == 200);
    ok(403, rig.call("GET", in("group", MAPS), una, null));
    ok(403, rig.call("GET", in("stranger", MAPS), pia, null));
    // without a cluster in the URL: the uppermost of theirs
    ok(200, rig.call("GET", "/api/v1/namespaces/default", pia, null));

    patch(200, "unit", "{\"spec\":{\"parent\":null}}");
    AccessRig.await(() -> rig.call("GET", in("unit", MAPS), pia, null).code() == 403);
  }

  @Test
  void aSuspendedParentSuspendsThoseBelow() throws Exception {
    create(201, "house", "");
    create(201, "room", "\"parent\":\"house\"");
    create(201, "shelf", "\"parent\":\"room\"");
    awaitPhase("shelf", "Active");
    patch(200, "house", "{\"spec\":{\"suspended\":true}}");
    awaitPhase("shelf", "Suspended");
    assertThat(condition(tenant("shelf"), "Suspended").path("reason").asString())
        .isEqualTo("ParentSuspended");
    member("sam-in-shelf", "shelf", "admin", "sam");
    String sam = rig.issuer.token("sam");
    AccessRig.await(() -> rig.call("GET", MAPS, sam, null).code() == 200);
    ok(403, rig.call("POST", MAPS, sam, "{\"metadata\":{\"name\":\"a\"}}"));
    patch(200, "room", "{\"spec\":{\"parent\":null}}");
    awaitPhase("shelf", "Active");
    AccessRig.await(
        () -> rig.call("POST", MAPS, sam, "{\"metadata\":{\"name\":\"a\"}}").code() == 201);
    patch(200, "room", "{\"spec\":{\"parent\":\"house\"}}");
    awaitPhase("shelf", "Suspended");
    patch(200, "house", "{\"spec\":{\"suspended\":false}}");
    awaitPhase("shelf", "Active");
  }

  @Test
  void someThingsMayChangeAndOthersNot() throws Exception {
    create(201, "named", "\"displayName\":\"One\"");
    JsonNode changed =
        patch(
            200,
            "named",
            "{\"metadata\":{\"labels\":{\"team\":\"red\"}},\"spec\":{\"displayName\":\"Two\"}}");
    assertThat(changed.at("/spec/displayName").asString()).isEqualTo("Two");
    JsonNode found =
        ok(200, rig.call("GET", TENANTS + "?labelSelector=team%3Dred", rig.admin(), null));
    assertThat(found.path("items")).hasSize(1);
    assertThat(patch(422, "named", "{\"spec\":{\"cell\":\"other\"}}").path("message").asString())
        .isEqualTo(
            "Tenant.tenancy.argosy.dev \"named\" is invalid: spec.cell: Invalid value: \"other\":"
                + " field is immutable");
    patch(400, "named", "{\"metadata\":{\"name\":\"renamed\"}}");
    patch(422, "named", "{\"spec\":{\"deletionGracePeriodSeconds\":-1}}");
    patch(422, "named", "{\"spec\":{\"displayName\":\"a\\u0007b\"}}");
    for (String grace : new String[] {"-5", "9223372036854775807"}) {
      JsonNode kept =
          delete(200, "named", "{\"gracePeriodSeconds\":" + grace + ",\"dryRun\":[\"All\"]}");
      assertThat(kept.path("kind").asString()).isEqualTo("Tenant");
    }
  }
}
