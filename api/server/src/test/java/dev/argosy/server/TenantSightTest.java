package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members read of their tenant in the platform's own cluster. */
class TenantSightTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";

  private static AccessRig rig;
  private static String ann;
  private static String vic;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    vic = rig.issuer.token("vic");
    String member =
        """
        {"metadata":{"name":"acme.vic"},"spec":{"tenant":"acme","role":"viewer",
         "subject":{"kind":"User","name":"vic"}}}
        """;
    ok(201, rig.call("POST", ROOT + "members", ann, member));
    for (String tenant : List.of("acme", "globex")) {
      String budget =
          "{'metadata':{'name':'%s'},'spec':{'monthly':'100'}}"
              .formatted(tenant)
              .replace('\'', '"');
      ok(201, rig.call("POST", ROOT + "tenantbudgets", rig.admin(), budget));
      AccessRig.await(() -> code(ROOT + "tenantquotas/" + tenant + ".etcd", rig.admin()) == 200);
    }
    AccessRig.await(() -> code(ROOT + "tenants/acme", vic) == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static int code(String path, String token) throws Exception {
    return rig.call("GET", path, token, null).code();
  }

  private static List<String> listed(String resource, String token) throws Exception {
    List<String> names = new ArrayList<>();
    ok(200, rig.call("GET", ROOT + resource, token, null))
        .path("items")
        .forEach(item -> names.add(item.at("/metadata/name").asString("")));
    return names;
  }

  @Test
  void membersReadTheirTenantAndItsQuotas() throws Exception {
    for (String member : List.of(ann, vic)) {
      assertThat(code(ROOT + "tenants/acme", member)).isEqualTo(200);
      assertThat(code(ROOT + "tenantquotas/acme.etcd", member)).isEqualTo(200);
      assertThat(listed("tenants", member)).containsExactly("acme");
      assertThat(listed("tenantquotas", member)).containsExactly("acme.etcd");
    }
  }

  @Test
  void administratorsReadBudgets() throws Exception {
    assertThat(listed("tenantbudgets", ann)).containsExactly("acme");
    assertThat(code(ROOT + "tenantbudgets/acme", ann)).isEqualTo(200);
    assertThat(code(ROOT + "tenantbudgets/acme", vic)).isEqualTo(403);
    assertThat(rig.call("GET", ROOT + "tenantbudgets", vic, null).body()).doesNotContain("acme\"");
  }

  @Test
  void othersTenantsLookAsIfTheyWereNotThere() throws Exception {
    for (String path : List.of("tenants/%s", "tenantquotas/%s.etcd", "tenantbudgets/%s")) {
      AccessRig.Answer other = rig.call("GET", ROOT + path.formatted("globex"), ann, null);
      AccessRig.Answer none = rig.call("GET", ROOT + path.formatted("nobody"), ann, null);
      assertThat(other.code()).isEqualTo(403).isEqualTo(none.code());
      assertThat(other.body().replace("globex", "nobody")).isEqualTo(none.body());
    }
  }

  @Test
  void readingIsAllThatTheyMay() throws Exception {
    String more = "{\"spec\":{\"hard\":{\"pods\":\"1000\"}}}";
    assertThat(rig.call("PUT", ROOT + "tenantquotas/acme.etcd", ann, more).code()).isEqualTo(403);
    assertThat(rig.call("DELETE", ROOT + "tenantquotas/acme.etcd", ann, null).code())
        .isEqualTo(403);
    assertThat(rig.call("DELETE", ROOT + "tenants/acme", ann, null).code()).isEqualTo(403);
    assertThat(code(ROOT + "tenants/acme/status", vic)).isEqualTo(403);
  }
}
