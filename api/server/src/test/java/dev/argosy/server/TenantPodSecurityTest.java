package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.tenant.FirstPodSecurity;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.tenant.PodSecurity;
import dev.argosy.tenancy.tenant.Tenant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The upper bound that each tenant's pods have, and who may change it. */
class TenantPodSecurityTest {

  private static final String TENANTS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenants";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String BASELINE = "violates PodSecurity \"baseline:latest\"";

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static AccessRig.Answer change(String tenant, String token, String spec)
      throws Exception {
    return rig.call("PATCH", TENANTS + "/" + tenant, token, "{\"spec\":{" + spec + "}}");
  }

  private static String bound(String level) {
    return "\"podSecurity\":{\"enforce\":\"" + level + "\"}";
  }

  private static JsonNode tenant(String name) throws Exception {
    return ok(200, rig.call("GET", TENANTS + "/" + name, rig.admin(), null));
  }

  private static String level(String name) throws Exception {
    return tenant(name).at("/spec/podSecurity/enforce").asString("");
  }

  /** Tried without being made. */
  private static AccessRig.Answer mighty(String tenant, String token) throws Exception {
    return rig.call(
        "POST",
        "/clusters/" + tenant + PODS + "?dryRun=All",
        token,
        "{\"metadata\":{\"name\":\"m\"},\"spec\":{\"hostNetwork\":true,\"containers\":"
            + "[{\"name\":\"c\",\"image\":\"i\"}]}}");
  }

  private static void awaitMighty(String tenant, String token, int code) throws Exception {
    AccessRig.await(() -> mighty(tenant, token).code() == code);
  }

  private static String account(String tenant, String administrator) throws Exception {
    String token = rig.issuer.token(administrator);
    rig.call(
        "POST",
        "/clusters/" + tenant + "/api/v1/namespaces/default/serviceaccounts",
        token,
        "{\"metadata\":{\"name\":\"default\"}}");
    return token;
  }

  @Test
  void aNewTenantIsBoundedAndItsPeopleDoNotRaiseThat() throws Exception {
    rig.tenant("mill", "mia");
    String mia = account("mill", "mia");
    assertThat(level("mill")).isEqualTo("baseline");
    assertThat(mighty("mill", mia).body())
        .contains("violates PodSecurity", "spec.podSecurity of the Tenant");
    assertThat(change("mill", mia, bound("privileged")).code()).isIn(403, 404);
    AccessRig.Answer labeled =
        rig.call(
            "PATCH",
            "/clusters/mill/api/v1/namespaces/default",
            mia,
            "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"privileged\"}}}");
    ok(200, labeled);
    ok(403, mighty("mill", mia));
    String volume =
        "{\"metadata\":{\"name\":\"v\"},\"spec\":{\"capacity\":{\"storage\":\"1Gi\"},"
            + "\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/\"}}}";
    String volumes = "/clusters/mill/api/v1/persistentvolumes";
    ok(403, rig.call("POST", volumes, mia, volume));
    ok(
        403,
        rig.call(
            "POST",
            volumes,
            mia,
            volume,
            "Impersonate-User",
            "system:controller:persistent-volumes",
            "Impersonate-Group",
            "system:masters"));
    ok(403, mighty("mill", rig.admin())); // nobody is exempt: what runs there, its people get into

    ok(200, change("mill", rig.admin(), bound("privileged")));
    awaitMighty("mill", mia, 201);
    ok(201, rig.call("POST", volumes, mia, volume));
  }

  @Test
  void anUpdateThatDoesNotKnowItKeepsIt() throws Exception {
    rig.tenant("farm", "fay");
    ObjectNode whole = (ObjectNode) tenant("farm");
    whole.withObject("spec").remove("podSecurity");
    String body = Json.mapper().writeValueAsString(whole);
    ok(200, rig.call("PUT", TENANTS + "/farm", rig.admin(), body));
    assertThat(level("farm")).isEqualTo("baseline");
    ok(200, change("farm", rig.admin(), "\"podSecurity\":null"));
    assertThat(level("farm")).isEqualTo("baseline");
    ok(422, change("farm", rig.admin(), bound("strict")));
  }

  @Test
  void whatStandsAboveBindsAndIsWhereANewOneBegins() throws Exception {
    rig.tenant("house", "hal");
    ok(200, change("house", rig.admin(), bound("privileged")));
    AccessRig.await(() -> mighty("house", account("house", "hal")).code() == 201);
    made("loft", "\"parent\":\"house\"");
    assertThat(level("loft")).isEqualTo("privileged");
    made("attic", "\"parent\":\"house\"," + bound("restricted"));
    assertThat(level("attic")).isEqualTo("restricted");
    AccessRig.await(() ->
        rig.call("GET", "/clusters/loft/api/v1/namespaces/default", rig.admin(), null).code()
            == 200);
    String hal = account("loft", "hal");
    awaitMighty("loft", hal, 201);

    ok(200, change("house", rig.admin(), bound("baseline")));
    awaitMighty("loft", hal, 403);
    assertThat(mighty("loft", hal).body())
        .contains(BASELINE.replace("\"", "\\\""), "a Tenant above");
    assertThat(level("loft")).isEqualTo("privileged");
    ok(200, change("loft", rig.admin(), "\"parent\":null"));
    awaitMighty("loft", rig.admin(), 201);
  }

  private static void made(String name, String spec) throws Exception {
    ok(
        201,
        rig.call(
            "POST",
            TENANTS,
            rig.admin(),
            "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + spec + "}}"));
  }

  /** As they were before there was a bound. */
  @Test
  void tenantsOfBeforeStayAsTheyWere() throws Exception {
    rig.tenant("barn", "ben");
    ObjectKey key = new ObjectKey(Tenant.RESOURCE, "root", "", "barn");
    StoredValue stored = rig.platform.get(key).orElseThrow();
    ObjectNode before = Json.parse(stored.value());
    before.withObject("spec").remove("podSecurity");
    rig.platform.commit(List.of(new Change.Update(key, stored.revision(), Json.canonical(before))));
    String ben = account("barn", "ben");
    awaitMighty("barn", ben, 201);
    ok(200, change("barn", rig.admin(), "\"displayName\":\"Barn\""));
    assertThat(tenant("barn").path("spec").has("podSecurity")).isFalse();
    ok(201, mighty("barn", ben));
  }

  @Test
  void whoeverLowersItHearsOfPodsThatGoOn() throws Exception {
    rig.tenant("yard", "yan");
    ok(200, change("yard", rig.admin(), bound("privileged")));
    String yan = account("yard", "yan");
    awaitMighty("yard", yan, 201);
    ok(
        201,
        rig.call(
            "POST",
            "/clusters/yard" + PODS,
            yan,
            "{\"metadata\":{\"name\":\"m\"},\"spec\":{\"hostPID\":true,\"containers\":"
                + "[{\"name\":\"c\",\"image\":\"i\"}]}}"));
    ok(200, rig.call("GET", "/clusters/yard" + PODS, yan, null));
    AccessRig.Answer lowered = change("yard", rig.admin(), bound("baseline"));
    ok(200, lowered);
    assertThat(lowered.warnings())
        .anyMatch(w -> w.contains("go on, though they violate the new PodSecurity bound"))
        .anyMatch(w -> w.contains("default/m: host namespaces"));
    ok(200, rig.call("GET", "/clusters/yard" + PODS + "/m", yan, null));
  }

  @Test
  void theSettingSaysWhereNewTenantsBegin() {
    assertThat(FirstPodSecurity.setting(Map.of())).isEqualTo(new PodSecurity("baseline", ""));
    String key = "argosy.tenant.pod-security";
    assertThat(FirstPodSecurity.setting(Map.of(key, "restricted:v1.34")))
        .isEqualTo(new PodSecurity("restricted", "v1.34"));
    for (String wrong : List.of("", "strict", "baseline:", "baseline:1.34")) {
      assertThatThrownBy(() -> FirstPodSecurity.setting(Map.of(key, wrong)))
          .hasMessageContaining(key + " must be privileged, baseline or restricted");
    }
  }
}
