package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.authn.FakeIssuer;
import dev.argosy.server.tenant.invitation.EndedInvitations;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.member.Invitation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Members that are invited by their e-mail address. */
class InvitationTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String INVITATIONS = ROOT + "invitations";

  private static AccessRig rig;
  private static Path folder;
  private static String ann;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** A log-in of somebody with a verified address. */
  private static String token(String user, String email) {
    return token(rig.issuer, user, email, true);
  }

  private static String token(FakeIssuer issuer, String user, String email, Object verified) {
    return issuer.token(
        user, List.of(), claims -> claims.claim("email", email).claim("email_verified", verified));
  }

  private static AccessRig.Answer invite(String token, String name, String spec) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec);
    return rig.call("POST", INVITATIONS, token, body);
  }

  private static JsonNode invited(String name, String email, String role) throws Exception {
    String tenant = name.substring(0, name.indexOf('.'));
    return ok(201, invite(rig.admin(), name, spec(tenant, email, role)));
  }

  private static String spec(String tenant, String email, String role) {
    return "\"tenant\":\"%s\",\"email\":\"%s\",\"role\":\"%s\"".formatted(tenant, email, role);
  }

  private static AccessRig.Answer answer(String token, String name, String word) throws Exception {
    return rig.call("POST", INVITATIONS + "/" + name + "/" + word, token, "{}");
  }

  private static JsonNode invitation(String name) throws Exception {
    return ok(200, rig.call("GET", INVITATIONS + "/" + name, rig.admin(), null));
  }

  private static List<String> listed(String token) throws Exception {
    List<String> names = new ArrayList<>();
    ok(200, rig.call("GET", INVITATIONS, token, null))
        .path("items")
        .forEach(item -> names.add(item.at("/metadata/name").asString("")));
    return names;
  }

  private static List<JsonNode> membersNamed(String user) throws Exception {
    List<JsonNode> found = new ArrayList<>();
    ok(200, rig.call("GET", ROOT + "members", rig.admin(), null))
        .path("items")
        .forEach(member -> {
          if (member.at("/spec/subject/name").asString("").equals(user)) {
            found.add(member);
          }
        });
    return found;
  }

  private static int inside(String token, String tenant) throws Exception {
    return rig.call("GET", "/clusters/" + tenant + "/api/v1/pods", token, null).code();
  }

  private static String message(int code, AccessRig.Answer answer) {
    return ok(code, answer).path("message").asString("");
  }

  @Test
  void whoIsInvitedSeesItAndBecomesAMember() throws Exception {
    JsonNode made =
        ok(
            201,
            invite(
                ann,
                "acme.zoe",
                spec("acme", "Zoe@Example.com", "viewer")
                    + ",\"expiresAt\":\"2100-01-01T00:00:00Z\",\"username\":\"boss\""));
    assertThat(made.at("/spec/username").asString()).isEqualTo("ann");
    assertThat(made.at("/status/phase").asString()).isEqualTo("Pending");
    assertThat(Instant.parse(made.at("/spec/acceptBy").asString()))
        .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(8)));
    String zoe = token("zoe", "zoe@example.COM");
    AccessRig.await(() -> listed(zoe).equals(List.of("acme.zoe")));
    String seen = ok(200, rig.call("GET", INVITATIONS + "/acme.zoe", zoe, null)).toString();
    assertThat(seen).contains("ann").doesNotContain("platform", "system:");
    assertThat(inside(zoe, "acme")).isEqualTo(403);

    JsonNode accepted = ok(201, answer(zoe, "acme.zoe", "accept"));
    assertThat(accepted.at("/status/phase").asString()).isEqualTo("Accepted");
    assertThat(accepted.at("/status/conditions/0/message").asString()).isEqualTo("accepted by zoe");
    AccessRig.await(() -> inside(zoe, "acme") == 200);
    JsonNode member = membersNamed("zoe").getFirst();
    assertThat(accepted.at("/status/member")).isEqualTo(member.at("/metadata/name"));
    assertThat(member.at("/metadata/name").asString()).startsWith("acme.");
    assertThat(member.at("/spec/role").asString()).isEqualTo("viewer");
    assertThat(member.at("/spec/expiresAt").asString()).isEqualTo("2100-01-01T00:00:00Z");

    ok(201, answer(zoe, "acme.zoe", "accept"));
    assertThat(message(409, answer(zoe, "acme.zoe", "decline")))
        .contains("it was accepted by zoe already");
    assertThat(message(409, answer(token("zoe2", "zoe@example.com"), "acme.zoe", "accept")))
        .contains("it was accepted by zoe already");
    assertThat(membersNamed("zoe")).hasSize(1);
    ok(
        200,
        rig.call("DELETE", ROOT + "members/" + member.at("/metadata/name").asString(), ann, null));
    ok(201, answer(zoe, "acme.zoe", "accept"));
    assertThat(membersNamed("zoe")).isEmpty();
    String trail =
        "/clusters/root/apis/audit.argosy.dev/v1/auditrecords?fieldSelector=user=zoe,name=acme.zoe";
    AccessRig.await(() ->
        rig.call("GET", trail, rig.admin(), null).body().contains("\"subresource\":\"accept\""));
  }

  @Test
  void whoseAddressNobodyVouchesForSeesNothing() throws Exception {
    invited("acme.max", "max@example.com", "viewer");
    String max = token("max", "max@example.com");
    AccessRig.await(() -> listed(max).equals(List.of("acme.max")));
    FakeIssuer partner = new FakeIssuer(Clock.systemUTC());
    Files.writeString(
        folder.resolve("authentication.yaml"),
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer: {url: %s, audiences: [argosy-api]}
          claimMappings:
            username: {claim: preferred_username, prefix: 'partner:'}
            extra:
            - key: argosy.dev/verified-email
              valueExpression: 'claims.email.endsWith("@partner.example") ? claims.email : ""'
        """
            .formatted(partner.url()));
    String foreign = token(partner, "max", "max@example.com", true);
    AccessRig.await(() -> rig.call("GET", INVITATIONS, foreign, null).code() == 200);
    for (String other :
        List.of(
            foreign,
            token(rig.issuer, "m1", "max@example.com", false),
            token(rig.issuer, "m2", "max@example.com", "true"),
            rig.issuer.token("m3", List.of(), claims -> claims.claim("email", "max@example.com")),
            token("m4", "max@example.com.evil"),
            token("m5", "ma\u212a@example.com"),
            rig.issuer.token("max@example.com"),
            rig.issuer.token("gus"))) {
      assertThat(listed(other)).doesNotContain("acme.max");
      ok(403, rig.call("GET", INVITATIONS + "/acme.max", other, null));
      ok(403, answer(other, "acme.max", "accept"));
      assertThat(message(403, answer(other, "acme.none", "accept")).replace("none", "max"))
          .isEqualTo(message(403, answer(other, "acme.max", "accept")));
    }
    assertThat(message(403, answer(rig.admin(), "acme.max", "accept")))
        .contains("another e-mail address");
    ok(403, answer(ann, "acme.max", "decline"));
    ok(403, rig.call("GET", INVITATIONS, null, null));
    ok(403, rig.call("DELETE", INVITATIONS + "/acme.max", max, null));
    ok(403, rig.call("PATCH", INVITATIONS + "/acme.max", max, "{\"spec\":{\"role\":\"admin\"}}"));
    ok(
        403,
        rig.call("POST", INVITATIONS + "/acme.max/accept", max, "{}", "Impersonate-User", "max"));

    ok(201, invite(ann, "acme.pat", spec("acme", "pat@partner.example", "viewer")));
    String pat = token(partner, "pat", "pat@partner.example", true);
    AccessRig.await(() -> listed(pat).equals(List.of("acme.pat")));
    ok(201, answer(pat, "acme.pat", "accept"));
    assertThat(membersNamed("partner:pat")).hasSize(1);
    partner.close();
  }

  @Test
  void administratorsInviteToTheirTenantsAndNoFurther() throws Exception {
    String gus = rig.issuer.token("gus");
    ok(201, invite(ann, "acme.kim", spec("acme", "kim@example.com", "admin")));
    assertThat(listed(gus)).doesNotContain("acme.kim");
    AccessRig.await(() -> listed(ann).contains("acme.kim"));
    assertThat(listed(rig.admin())).contains("acme.kim");
    ok(403, rig.call("GET", INVITATIONS + "/acme.kim", gus, null));
    ok(403, rig.call("DELETE", INVITATIONS + "/acme.kim", gus, null));
    ok(403, invite(gus, "acme.lee", spec("acme", "lee@example.com", "viewer")));
    ok(403, invite(gus, "acme.lee", spec("globex", "lee@example.com", "viewer")));
    ok(
        403,
        invite(rig.issuer.token("nobody"), "acme.lee", spec("acme", "lee@example.com", "viewer")));

    member("acme", "mel", "member");
    member("acme", "rec", "acme.recruiter");
    String mel = rig.issuer.token("mel");
    ok(403, invite(mel, "acme.lee", spec("acme", "lee@example.com", "viewer")));
    assertThat(listed(mel)).isEmpty();
    String rec = rig.issuer.token("rec");
    AccessRig.await(
        () -> invite(rec, "acme.lee", spec("acme", "lee@example.com", "viewer")).code() == 201);
    assertThat(message(403, invite(rec, "acme.lou", spec("acme", "lou@example.com", "admin"))))
        .contains("is attempting to grant RBAC permissions not currently held");
    String kim = token("kim", "kim@example.com");
    ok(200, rig.call("DELETE", INVITATIONS + "/acme.kim", ann, null));
    assertThat(answer(kim, "acme.kim", "accept").code()).isIn(403, 404);
    assertThat(membersNamed("kim")).isEmpty();
  }

  private static void member(String tenant, String user, String role) throws Exception {
    if (role.contains(".")) {
      String rules =
          """
          {"metadata":{"name":"%s"},"spec":{"tenant":"%s","includes":["viewer"],"rules":[
           {"verbs":["create","get","list"],"apiGroups":["tenancy.argosy.dev"],
            "resources":["invitations","members"]}]}}
          """
              .formatted(role, tenant);
      ok(201, rig.call("POST", ROOT + "tenantroles", rig.admin(), rules));
    }
    String body =
        """
        {"metadata":{"name":"%1$s.%2$s"},"spec":{"tenant":"%1$s","role":"%3$s",
         "subject":{"kind":"User","name":"%2$s"}}}
        """
            .formatted(tenant, user, role);
    ok(201, rig.call("POST", ROOT + "members", rig.admin(), body));
    AccessRig.await(() -> inside(rig.issuer.token(user), tenant) == 200);
  }

  /** Who invites and loses the right, or whose role changes, gave nothing. */
  @Test
  void theInvitersRightsAreAskedAgain() throws Exception {
    member("globex", "hal", "admin");
    String hal = rig.issuer.token("hal");
    String role = "{\"metadata\":{\"name\":\"globex.temp\"},\"spec\":{\"tenant\":\"globex\"}}";
    ok(201, rig.call("POST", ROOT + "tenantroles", rig.admin(), role));
    ok(201, invite(hal, "globex.ivy", spec("globex", "ivy@example.com", "viewer")));
    AccessRig.await(() ->
        invite(hal, "globex.ian", spec("globex", "ian@example.com", "globex.temp")).code() == 201);
    ok(200, rig.call("DELETE", ROOT + "tenantroles/globex.temp", rig.admin(), null));
    String ian = token("ian", "ian@example.com");
    AccessRig.await(() -> listed(ian).size() == 1);
    assertThat(message(409, answer(ian, "globex.ian", "accept")))
        .contains("hal cannot give the role globex.temp there any more");
    ok(200, rig.call("DELETE", ROOT + "members/globex.hal", rig.admin(), null));
    AccessRig.await(() -> inside(hal, "globex") == 403);
    String ivy = token("ivy", "ivy@example.com");
    String refusal = message(409, answer(ivy, "globex.ivy", "accept"));
    assertThat(refusal)
        .contains("hal cannot give the role viewer there any more")
        .doesNotContain("RBAC", "Resources");
    assertThat(membersNamed("ivy")).isEmpty();
    assertThat(invitation("globex.ivy").at("/status/phase").asString()).isEqualTo("Pending");
    ok(201, answer(ivy, "globex.ivy", "decline"));
    ok(201, answer(ivy, "globex.ivy", "decline"));
    assertThat(message(409, answer(ivy, "globex.ivy", "accept")))
        .contains("it was declined by ivy already");
  }

  @Test
  void aTenantThatIsSuspendedOrAnotherTakesNobodyIn() throws Exception {
    rig.tenant("brief", "bea");
    invited("brief.jo", "jo@example.com", "viewer");
    String jo = token("jo", "jo@example.com");
    AccessRig.await(() -> listed(jo).size() == 1);
    suspend("brief", true);
    AccessRig.await(() -> answer(jo, "brief.jo", "accept").code() == 409);
    assertThat(message(409, answer(jo, "brief.jo", "accept"))).contains("is suspended");
    suspend("brief", false);
    StoredValue kept = stored("brief.jo");
    ok(200, rig.call("DELETE", ROOT + "tenants/brief", rig.admin(), null));
    AccessRig.await(() -> rig.call("GET", ROOT + "tenants/brief", rig.admin(), null).code() == 404);
    assertThat(listed(jo)).isEmpty();
    assertThat(rig.call("GET", INVITATIONS + "/brief.jo", rig.admin(), null).code()).isEqualTo(404);

    rig.tenant("brief", "bob");
    assertThat(rig.platform.commit(List.of(new Change.Create(kept.key(), kept.value()))))
        .isInstanceOf(CommitResult.Committed.class);
    AccessRig.await(() -> listed(jo).size() == 1);
    assertThat(message(409, answer(jo, "brief.jo", "accept"))).contains("it was revoked");
    assertThat(membersNamed("jo")).isEmpty();
  }

  private static void suspend(String tenant, boolean suspended) throws Exception {
    String patch = "{\"spec\":{\"suspended\":" + suspended + "}}";
    ok(200, rig.call("PATCH", ROOT + "tenants/" + tenant, rig.admin(), patch));
  }

  private static StoredValue stored(String name) {
    return rig.platform.get(new ObjectKey(Invitation.RESOURCE, "root", "", name)).orElseThrow();
  }

  /** As if time had passed. */
  private static void change(String name, UnaryOperator<ObjectNode> how) {
    StoredValue value = stored(name);
    byte[] changed = Json.canonical(how.apply(Json.parse(value.value())));
    assertThat(
            rig.platform.commit(List.of(new Change.Update(value.key(), value.revision(), changed))))
        .isInstanceOf(CommitResult.Committed.class);
  }

  private static ObjectNode with(ObjectNode object, String part, String field, String value) {
    object.withObject(part).put(field, value);
    return object;
  }

  @Test
  void whatIsOverIsNotAccepted() throws Exception {
    invited("acme.una", "una@example.com", "viewer");
    invited("acme.ute", "ute@example.com", "viewer");
    change("acme.una", object -> with(object, "spec", "acceptBy", "2020-01-01T00:00:00Z"));
    change("acme.ute", object -> with(object, "spec", "expiresAt", "2020-01-01T00:00:00Z"));
    String una = token("una", "una@example.com");
    AccessRig.await(() -> listed(una).size() == 1);
    assertThat(message(409, answer(una, "acme.una", "accept")))
        .contains("it could be answered until 2020-01-01T00:00:00Z");
    ok(409, answer(una, "acme.una", "decline"));
    String ute = token("ute", "ute@example.com");
    AccessRig.await(() -> listed(ute).size() == 1);
    assertThat(message(409, answer(ute, "acme.ute", "accept"))).contains("over already");
    assertThat(cells(una)).contains("acme.una", "una@example.com", "Expired");

    ApiClient loop = rig.server.clients().as(UserInfo.system("test"));
    new EndedInvitations(loop, rig.clock).clear();
    JsonNode over = invitation("acme.una");
    assertThat(over.at("/status/phase").asString()).isEqualTo("Expired");
    assertThat(over.at("/status/conditions/0/message").asString())
        .isEqualTo("nobody answered it in time");
    ok(
        422,
        rig.call(
            "PATCH",
            INVITATIONS + "/acme.una/status",
            rig.admin(),
            "{\"status\":{\"phase\":\"Pending\"}}"));
    new EndedInvitations(loop, Clock.offset(rig.clock, Duration.ofDays(31))).clear();
    AccessRig.await(
        () -> rig.call("GET", INVITATIONS + "/acme.una", rig.admin(), null).code() == 404);
  }

  private static String cells(String token) throws Exception {
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    return ok(200, rig.call("GET", INVITATIONS, token, null, "Accept", table))
        .at("/rows/0/cells")
        .toString();
  }

  @Test
  void badInvitationsAreRefused() throws Exception {
    String good = spec("acme", "bad@example.com", "viewer");
    ok(422, invite(ann, "acme.bad", spec("acme", "", "viewer")));
    for (String email :
        List.of("bad", "bad@", "@x", "a@b@c", "bad @x", "<bad@x>", "bad@x\\u0000")) {
      assertThat(message(422, invite(ann, "acme.bad", spec("acme", email, "viewer"))))
          .contains("spec.email");
    }
    ok(422, invite(ann, "acme.bad", spec("acme", "x".repeat(250) + "@example.com", "viewer")));
    ok(422, invite(ann, "acme.bad", spec("acme", "bad@example.com", "none")));
    ok(422, invite(rig.admin(), "bad", spec("nowhere", "bad@example.com", "viewer")));
    ok(422, invite(rig.admin(), "bad", spec("root", "bad@example.com", "viewer")));
    ok(422, invite(ann, "acme.bad", good + ",\"acceptBy\":\"2020-01-01T00:00:00Z\""));
    ok(422, invite(ann, "acme.bad", good + ",\"acceptBy\":\"2100-01-01T00:00:00Z\""));
    ok(422, invite(ann, "acme.bad", good + ",\"expiresAt\":\"2020-01-01T00:00:00Z\""));
    ok(400, invite(ann, "acme.bad", good + ",\"acceptBy\":\"soon\""));
    ok(403, invite(ann, "bad", good));
    ok(201, invite(ann, "acme.bad", good));
    ok(409, invite(ann, "acme.bad", good));
    ok(422, rig.call("PATCH", INVITATIONS + "/acme.bad", ann, "{\"spec\":{\"role\":\"admin\"}}"));
    ok(403, rig.call("PATCH", INVITATIONS + "/acme.bad/status", ann, "{\"status\":{}}"));
    String bad = token("bad", "bad@example.com");
    AccessRig.await(() -> listed(bad).size() == 1);
    String other = "{\"metadata\":{\"name\":\"other\"}}";
    ok(400, rig.call("POST", INVITATIONS + "/acme.bad/accept", bad, other));
    ok(400, rig.call("POST", INVITATIONS + "/acme.bad/accept", bad, "{\"kind\":\"Member\"}"));
    ok(400, rig.call("POST", INVITATIONS + "/acme.bad/accept", bad, "[]"));
    ok(201, rig.call("POST", INVITATIONS + "/acme.bad/accept?dryRun=All", bad, "{}"));
    assertThat(membersNamed("bad")).isEmpty();
    assertThat(invitation("acme.bad").at("/status/phase").asString()).isEqualTo("Pending");
  }

  @Test
  void ofManyAnswersAtATimeOneCounts() throws Exception {
    invited("acme.race", "race@example.com", "viewer");
    String first = token("race-0", "race@example.com");
    AccessRig.await(() -> listed(first).size() == 1);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String who = token("race-" + i % 4, "race@example.com");
      String word = i % 6 == 5 ? "decline" : "accept";
      calls.add(() -> answer(who, "acme.race", word).code());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isIn(201, 409);
      }
    }
    int members = 0;
    for (int i = 0; i < 4; i++) {
      members += membersNamed("race-" + i).size();
    }
    String phase = invitation("acme.race").at("/status/phase").asString();
    assertThat(members).isEqualTo(phase.equals("Accepted") ? 1 : 0);
    assertThat(phase).isIn("Accepted", "Declined");
  }
}
