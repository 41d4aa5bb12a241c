package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every tenant has a bound of what it takes up in etcd, from the beginning to the end. */
class TenantFirstQuotaTest {

  private static final String TENANTS = "/apis/tenancy.argosy.dev/v1/tenants/";
  private static final String QUOTAS = "/apis/tenancy.argosy.dev/v1/tenantquotas/";
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

  private static boolean has(GroupResource resource, String cluster, String name) {
    return rig.objects.list(resource, cluster, 0, null, 0).values().stream()
        .anyMatch(value -> name.isEmpty() || value.key().name().equals(name));
  }

  @Test
  void itBindsFromTheBeginningAndGoesWithTheTenant() throws Exception {
    rig.tenant("mill", "mia");
    var quota = ok(200, rig.call("GET", QUOTAS + "mill.etcd", rig.admin(), null));
    assertThat(quota.path("spec").path("tenant").asString("")).isEqualTo("mill");
    var hard = quota.path("spec").path("hard");
    assertThat(hard.path("etcd.argosy.dev/objects").asString("")).isEqualTo("100k");
    assertThat(hard.path("etcd.argosy.dev/bytes").asString("")).isEqualTo("512Mi");
    AccessRig.await(() -> used("mill") >= 4); // its namespaces
    String mia = rig.issuer.token("mia");
    assertThat(rig.call("GET", QUOTAS + "mill.etcd", mia, null).code()).isIn(403, 404);

    ok(200, rig.call("PATCH", QUOTAS + "mill.etcd", rig.admin(), objects(1)));
    String map = "{\"metadata\":{\"name\":\"m\"}}";
    AccessRig.Answer refused = rig.call("POST", MAPS, mia, map);
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.body()).contains("exceeded quota: mill.etcd", "etcd.argosy.dev/objects=1");
    rig.tenant("miller", "max");
    ok(201, rig.call("POST", MAPS, rig.issuer.token("max"), map));
    ok(200, rig.call("PATCH", QUOTAS + "mill.etcd", rig.admin(), objects(1_000)));
    ok(201, rig.call("POST", MAPS, mia, map));

    ok(200, rig.call("DELETE", TENANTS + "mill", rig.admin(), null));
    AccessRig.await(() -> rig.call("GET", TENANTS + "mill", rig.admin(), null).code() == 404);
    assertThat(has(Quota.OF_TENANTS, "root", "mill.etcd")).isFalse();
    assertThat(has(Ledger.RESOURCE, "mill", "")).isFalse();
    assertThat(has(Share.RESOURCE, "mill.etcd", "")).isFalse();
    assertThat(has(Share.RESOURCE, "miller.etcd", "")).isTrue();
  }

  @Test
  void aParentsQuotaBindsThoseBelowUntilTheyMove() throws Exception {
    rig.tenant("house", "hal");
    rig.tenant("loft", "lou");
    ok(200, rig.call("PATCH", TENANTS + "loft", rig.admin(), parent("\"house\"")));
    String quota =
        "{\"metadata\":{\"name\":\"h\"},\"spec\":{\"tenant\":\"house\",\"hard\":"
            + "{\"count/configmaps\":\"10\"}}}"; // both have four to begin with
    ok(201, rig.call("POST", "/apis/tenancy.argosy.dev/v1/tenantquotas", rig.admin(), quota));
    ok(201, rig.call("POST", MAPS, rig.issuer.token("lou"), map("a")));
    AccessRig.await(() ->
        rig.call("GET", QUOTAS + "h", rig.admin(), null)
            .body()
            .contains("\"count/configmaps\":\"9\""));
    ok(201, rig.call("POST", MAPS, rig.issuer.token("lou"), map("b")));
    for (String who : new String[] {"lou", "hal"}) {
      AccessRig.Answer refused = rig.call("POST", MAPS, rig.issuer.token(who), map("c"));
      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.body()).contains("exceeded quota: h");
    }
    ok(200, rig.call("PATCH", TENANTS + "loft", rig.admin(), parent("null")));
    AccessRig.await(() -> rig.call("POST", MAPS, rig.issuer.token("lou"), map("c")).code() == 201);
    ok(201, rig.call("POST", MAPS, rig.issuer.token("hal"), map("c")));
    ok(200, rig.call("DELETE", QUOTAS + "h", rig.admin(), null));
  }

  private static String parent(String name) {
    return "{\"spec\":{\"parent\":" + name + "}}";
  }

  private static String map(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"}}";
  }

  private static String objects(int most) {
    return "{\"spec\":{\"hard\":{\"etcd.argosy.dev/objects\":\"" + most + "\"}}}";
  }

  private static long used(String tenant) throws Exception {
    return Long.parseLong(
        ok(200, rig.call("GET", QUOTAS + tenant + ".etcd", rig.admin(), null))
            .path("status")
            .path("used")
            .path("etcd.argosy.dev/objects")
            .asString("0"));
  }
}
