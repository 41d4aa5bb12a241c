package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoredValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a tenant's secrets when it is deleted. */
class TenantErasureTest {

  private static final String TENANTS = "/apis/tenancy.argosy.dev/v1/tenants/";
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";
  private static final GroupResource KEYS = new GroupResource("~seal", "keys");

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static ObjectKey secret(String tenant, String name) {
    return new ObjectKey(new GroupResource("", "secrets"), tenant, "default", name);
  }

  private static void create(String user, String name) throws Exception {
    String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"stringData\":{\"a\":\"b\"}}";
    ok(201, rig.call("POST", SECRETS, rig.issuer.token(user), body));
  }

  private static boolean hasKeys(String tenant) {
    return !rig.objects.list(KEYS, tenant, 0, null, 0).values().isEmpty();
  }

  private static void delete(String tenant) throws Exception {
    ok(200, rig.call("DELETE", TENANTS + tenant, rig.admin(), null));
    AccessRig.await(() -> rig.call("GET", TENANTS + tenant, rig.admin(), null).code() == 404);
  }

  @Test
  void theKeysGoWithTheTenantAndCopiesOfItsSecretsAreWorthless() throws Exception {
    rig.tenant("leaving", "lea");
    rig.tenant("staying", "stan");
    create("lea", "s");
    create("stan", "s");
    StoredValue backup = rig.objects.get(secret("leaving", "s")).orElseThrow();
    delete("leaving");
    assertThat(hasKeys("leaving")).isFalse();
    assertThat(hasKeys("staying")).isTrue();
    rig.tenant("leaving", "lea");
    rig.objects.commit(List.of(new Change.Create(backup.key(), backup.value())));
    String lea = rig.issuer.token("lea");
    AccessRig.await(() -> rig.call("GET", SECRETS + "/s", lea, null).code() == 500);
    assertThat(rig.call("GET", SECRETS + "/s", lea, null).body())
        .contains("no data key")
        .doesNotContain("\"data\"");
    ok(200, rig.call("GET", SECRETS + "/s", rig.issuer.token("stan"), null));
  }

  @Test
  void aTenantWhoseSecretsCannotBeReadCanBeDeleted() throws Exception {
    rig.tenant("broken", "bo");
    create("bo", "s");
    ObjectKey key = secret("broken", "s");
    StoredValue good = rig.objects.get(key).orElseThrow();
    byte[] bad = good.value().clone();
    bad[bad.length - 1] ^= 1;
    rig.objects.commit(List.of(new Change.Update(key, good.revision(), bad)));
    String bo = rig.issuer.token("bo");
    AccessRig.await(() -> rig.call("GET", SECRETS, bo, null).code() == 500);
    delete("broken");
    assertThat(rig.objects.get(key)).isEmpty();
    assertThat(hasKeys("broken")).isFalse();
  }
}
