package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Walks every served route with the wrong credentials, and looks for others' objects in its own.
 */
class IsolationTest {

  private static final String ACME = "/clusters/acme";

  /** An unknown access token is waited with until its server may ask for new ones again. */
  private static final int AT_ONCE = 32;

  /** What users of the platform may list in root as far as it concerns them. */
  private static final Set<String> CONCERN_USERS =
      Set.of(
          "tenantrequests",
          "breakglasses",
          "members",
          "invitations",
          "serviceclients",
          "tenantroles",
          "objectrevisions",
          "tenants",
          "tenantquotas",
          "tenantbudgets");

  private static AccessRig rig;
  private static String globexAccount;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    String gus = rig.issuer.token("gus");
    String accounts = "/api/v1/namespaces/default/serviceaccounts";
    rig.call(
        "POST",
        accounts,
        gus,
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"globex-app\"}}");
    globexAccount =
        rig.call(
                "POST",
                accounts + "/globex-app/token",
                gus,
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}")
            .json()
            .path("status")
            .path("token")
            .asString();
    assertThat(rig.call("GET", "/version", globexAccount, null).code()).isEqualTo(200);
    for (String kind : List.of("ConfigMap", "Secret")) {
      AccessRig.Answer made =
          rig.call(
              "POST",
              "/api/v1/namespaces/default/" + kind.toLowerCase(java.util.Locale.ROOT) + "s",
              gus,
              "{\"apiVersion\":\"v1\",\"kind\":\""
                  + kind
                  + "\",\"metadata\":{\"name\":\"globex-thing\",\"labels\":{\"who\":\"globex\"}}}");
      assertThat(made.code()).as(made.body()).isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static String oidc(
      java.util.function.UnaryOperator<com.nimbusds.jwt.JWTClaimsSet.Builder> change) {
    return rig.issuer.token("ann", List.of(), change);
  }

  /** An access token in the user's own cluster. */
  private static String accessToken(String name, String user, boolean revoked) throws Exception {
    String tokens = "/apis/access.argosy.dev/v1/accesstokens";
    String body =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"expiresAt\":\"%s\"}}"
            .formatted(name, rig.clock.instant().plusSeconds(3600));
    AccessRig.Answer made = rig.call("POST", tokens, rig.issuer.token(user), body);
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    if (revoked) {
      rig.call("DELETE", tokens + "/" + name, rig.issuer.token(user), null);
    }
    return made.json().path("status").path("token").asString();
  }

  @Test
  void badTokensAreRefusedOnEveryRoute() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("garbage", "garbage");
    bad.put("forged", rig.issuer.forged("ann"));
    bad.put("expired", oidc(claims -> claims.expirationTime(Date.from(Instant.EPOCH))));
    bad.put("other audience", oidc(claims -> claims.audience("other")));
    bad.put("revoked access token", accessToken("revoked", "ann", true));
    bad.put("unknown access token", "argosy_pat_" + "0".repeat(65));
    bad.put("other issuer", oidc(claims -> claims.issuer("https://elsewhere.test")));
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> asked = new ArrayList<>();
      bad.forEach((name, token) ->
          Route.all(rig.kinds)
              .forEach(route ->
                  asked.add(
                      threads.submit(() -> {
                        requireRefused(name, token, route);
                        return null;
                      }))));
      for (Future<?> one : asked) {
        one.get();
      }
    }
  }

  private static void requireRefused(String name, String token, Route route) throws Exception {
    for (String cluster : List.of("", ACME)) {
      AccessRig.Answer answer =
          rig.call(route.method(), cluster + route.path(), token, route.body());
      assertThat(answer.code()).as(name + " " + route).isEqualTo(401);
      assertThat(answer.json().path("reason").asString())
          .as(name + " " + route)
          .isEqualTo("Unauthorized");
    }
  }

  @Test
  void strangersAreRefusedOnEveryRouteAndLearnNothing() throws Exception {
    Map<String, @Nullable String> strangers = new LinkedHashMap<>();
    strangers.put("nobody", null);
    strangers.put("other tenant's administrator", rig.issuer.token("gus"));
    strangers.put("other tenant's service account", globexAccount);
    strangers.put("other tenant's access token", accessToken("stranger", "gus", false));
    for (Map.Entry<String, @Nullable String> who : strangers.entrySet()) {
      for (Route route : Route.all(rig.kinds)) {
        AccessRig.Answer answer =
            rig.call(route.method(), ACME + route.path(), who.getValue(), route.body());
        AccessRig.Answer nosuch =
            rig.call(
                route.method(), "/clusters/nosuch" + route.path(), who.getValue(), route.body());
        assertThat(answer.code()).as(who.getKey() + " " + route).isEqualTo(403);
        assertThat(answer.json().path("reason").asString()).isEqualTo("Forbidden");
        assertThat(answer.body()).as(who.getKey() + " " + route).isEqualTo(nosuch.body());
        assertThat(answer.json().path("message").asString()).contains("cannot");
      }
    }
  }

  @Test
  void tenantsCannotLookOverAllClusters() throws Exception {
    String other =
        "{\"metadata\":{\"name\":\"others\"},\"spec\":{\"name\":\"others\",\"parent\":\"acme\"}}";
    String requests = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantrequests";
    AccessRig.ok(201, rig.call("POST", requests, rig.issuer.token("ann"), other));
    for (ResourceType type : Route.types(rig.kinds)) {
      if (type.stored()) {
        for (String token : List.of(rig.issuer.token("gus"), globexAccount)) {
          String all = Route.collection(type).replace("/namespaces/default", "");
          assertThat(rig.call("GET", "/clusters/*" + all, token, null).code())
              .as(all)
              .isEqualTo(403);
          AccessRig.Answer inRoot = rig.call("GET", "/clusters/root" + all, token, null);
          if (CONCERN_USERS.contains(type.resource()) && !token.equals(globexAccount)) {
            assertThat(inRoot.code()).as(all).isEqualTo(200);
            assertThat(inRoot.body()).as(all).doesNotContain("acme");
            if (type.group().equals("tenancy.argosy.dev")) {
              assertThat(inRoot.json().path("items"))
                  .as(all)
                  .allMatch(one -> tenantOf(one).equals("globex"));
            }
          } else {
            assertThat(inRoot.code()).as(all).isEqualTo(403);
          }
        }
      }
    }
  }

  private static String tenantOf(JsonNode object) {
    return object.at("/spec/tenant").asString(object.at("/metadata/name").asString(""));
  }

  private static void requireOwn(String path, String token) throws Exception {
    AccessRig.Answer answer = rig.call("GET", path, token, null);
    assertThat(answer.code()).as(path + " " + answer.body()).isEqualTo(200);
    assertThat(answer.body()).as(path).doesNotContain("globex");
  }

  @Test
  void ownListsAndWatchesShowOwnObjectsOnly() throws Exception {
    String ann = rig.issuer.token("ann");
    List<String> watched = new ArrayList<>();
    for (KindSchema kind : rig.kinds.of("acme").all()) {
      // acme may know who of globex tried to enter; see AuditTrailTest, RecordingsTest, HistoryTest
      boolean past = Set.of("audit.argosy.dev", "history.argosy.dev").contains(kind.type().group());
      if (!kind.type().stored() || past) {
        continue;
      }
      String all = Route.collection(kind.type()).replace("/namespaces/default", "");
      for (String query :
          List.of(
              "",
              "?limit=1",
              "?labelSelector=who%3Dglobex",
              "?fieldSelector=metadata.name%3Dglobex-thing")) {
        requireOwn(all + query, ann);
      }
      if (kind.type().verbs().contains("watch")) {
        watched.add(all + "?watch=1&timeoutSeconds=1");
      }
    }
    try (ExecutorService watching = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> watches = new ArrayList<>();
      for (String path : watched) { // all at once, for each takes its second
        watches.add(
            watching.submit(() -> {
              requireOwn(path, ann);
              return path;
            }));
      }
      for (Future<?> watch : watches) {
        watch.get();
      }
    }
    assertThat(watched).hasSizeGreaterThan(50);
    assertThat(rig.call("GET", "/api/v1/configmaps", rig.issuer.token("gus"), null).body())
        .contains("globex-thing");
  }
}
