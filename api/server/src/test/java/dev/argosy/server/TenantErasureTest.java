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
import tools.jackson.databind.JsonNode;

/** What is left of a tenant's secrets and volumes when it is deleted. */
class TenantErasureTest {

  private static final String TENANTS = "/apis/tenancy.argosy.dev/v1/tenants/";
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";
  private static final String VOLUMES = "/clusters/stored/api/v1/persistentvolumes";
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

  private static void volume(String name, String annotations, String spec) throws Exception {
    String body =
        "{'metadata':{'name':'%s','annotations':{%s}},'spec':{'capacity':{'storage':'1Gi'},"
                .formatted(name, annotations)
            + "'accessModes':['ReadWriteOnce'],"
            + spec
            + "}}";
    ok(201, rig.call("POST", VOLUMES, rig.admin(), body.replace('\'', '"')));
  }

  private static JsonNode emptied() throws Exception {
    JsonNode tenant = rig.call("GET", TENANTS + "stored", rig.admin(), null).json();
    for (JsonNode condition : tenant.at("/status/conditions")) {
      if (condition.path("type").asString("").equals("Emptied")) {
        return condition;
      }
    }
    return tenant.path("no such condition");
  }

  private static String told() throws Exception {
    return ok(200, rig.call("GET", "/api/v1/namespaces/default/events", rig.admin(), null))
        .toString();
  }

  /** The test is the driver here, which deletes when claims are gone. */
  @Test
  void aDriverDeletesVolumesBeforeTheirTenantGoesAndWhatIsKeptIsTold() throws Exception {
    rig.tenant("stored", "stu");
    create("stu", "key-of-the-volume");
    String driver = "{\"metadata\":{\"name\":\"disk.example.com\"},\"spec\":{}}";
    ok(201, rig.call("POST", "/apis/storage.k8s.io/v1/csidrivers", rig.admin(), driver));
    String made = "'pv.kubernetes.io/provisioned-by':'disk.example.com'";
    String csi = ",'csi':{'driver':'disk.example.com','volumeHandle':'h-%s'}";
    volume(
        "deleted",
        made,
        "'persistentVolumeReclaimPolicy':'Delete','claimRef':{'namespace':'default','name':'data',"
            + "'uid':'u-1'}"
            + csi.formatted(1));
    volume("kept", made, "'persistentVolumeReclaimPolicy':'Retain'" + csi.formatted(2));
    volume(
        "here",
        "'pv.kubernetes.io/provisioned-by':'argosy.dev/local-path'",
        "'persistentVolumeReclaimPolicy':'Retain','local':{'path':'/x'},'nodeAffinity':{'required':"
            + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'kubernetes.io/hostname',"
            + "'operator':'In','values':['n1']}]}]}}");
    ok(200, rig.call("DELETE", TENANTS + "stored", rig.admin(), null));
    AccessRig.await(() -> emptied().path("reason").asString("").equals("Volumes"));
    assertThat(emptied().path("message").asString(""))
        .startsWith("Drivers have not let go yet of volume deleted. ");
    AccessRig.await(() -> told().contains("disks/stored/here of its agent's data folder"));
    AccessRig.await(() ->
        told()
            .contains("What volume kept held is kept by driver disk.example.com as h-2 (Retain)"));
    assertThat(told()).doesNotContain("volume deleted");
    AccessRig.await(() -> rig.call("GET", VOLUMES + "/kept", rig.admin(), null).code() == 404);
    JsonNode waits = ok(200, rig.call("GET", VOLUMES + "/deleted", rig.admin(), null));
    assertThat(waits.at("/metadata").has("deletionTimestamp")).isFalse();
    String secret = "/clusters/stored" + SECRETS + "/key-of-the-volume";
    ok(200, rig.call("GET", secret, rig.admin(), null));

    String said = "{\"status\":{\"message\":\"out of order\"}}";
    ok(200, rig.call("PATCH", VOLUMES + "/deleted/status", rig.admin(), said));
    AccessRig.await(
        () -> emptied().path("message").asString("").contains("volume deleted (out of order)"));
    String free = "{\"metadata\":{\"finalizers\":null}}";
    ok(200, rig.call("PATCH", VOLUMES + "/deleted", rig.admin(), free));
    ok(200, rig.call("DELETE", VOLUMES + "/deleted", rig.admin(), null));
    AccessRig.await(() -> rig.call("GET", TENANTS + "stored", rig.admin(), null).code() == 404);
    // by which nodes know that what they have of its volumes may go
    JsonNode asked = ok(404, rig.asNode("n1", "GET", VOLUMES + "/here", null));
    assertThat(asked.path("reason").asString("")).isEqualTo("NotFound");
  }
}
