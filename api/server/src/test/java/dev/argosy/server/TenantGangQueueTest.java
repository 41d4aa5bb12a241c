package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.quota.Waiting;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pods of a gang are let into a quota together. */
class TenantGangQueueTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static int tenants;

  private final TestClient client = SERVER.client();
  private String cluster = "";

  @BeforeEach
  void newTenant() {
    cluster = "gangs" + ++tenants;
    SERVER.clusters.put(cluster, Phase.ACTIVE, Set.of("default"));
    String spaces = "/clusters/" + cluster + "/api/v1/namespaces";
    client.post(spaces, json("{'metadata':{'name':'one'}}"));
    client.post(spaces + "/one/serviceaccounts", json("{'metadata':{'name':'default'}}"));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private void made(String path, String body) {
    var answer = client.post(path, json(body));
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
  }

  private void quota(int pods) {
    made(
        QUOTAS,
        "{'metadata':{'name':'%1$s'},'spec':{'tenant':'%1$s','hard':{'pods':'%2$d'},'whenExceeded':'Queue'}}"
            .formatted(cluster, pods));
  }

  private void group(String name, int least) {
    made(
        "/clusters/" + cluster + "/apis/scheduling.x-k8s.io/v1alpha1/namespaces/one/podgroups",
        "{'metadata':{'name':'" + name + "'},'spec':{'minMember':" + least + "}}");
  }

  private String pods() {
    return "/clusters/" + cluster + "/api/v1/namespaces/one/pods";
  }

  private void member(String gang, int number) {
    made(
        pods(),
        "{'metadata':{'name':'%s-%d','labels':{'scheduling.x-k8s.io/pod-group':'%s'}},'spec':{'containers':[{'name':'c','image':'i'}]}}"
            .formatted(gang, number, gang));
  }

  private void single(String name) {
    made(
        pods(),
        "{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
  }

  private boolean waits(String name) {
    return Waiting.waits(client.get(pods() + "/" + name).json());
  }

  /** How many of a gang do not wait, all at one moment. */
  private int in(String gang) {
    int count = 0;
    for (JsonNode pod : client.get(pods()).json().path("items")) {
      boolean member = pod.at("/metadata/name").asString("").startsWith(gang + "-");
      count += member && !Waiting.waits(pod) ? 1 : 0;
    }
    return count;
  }

  private void gone(String name) {
    var answer = client.delete(pods() + "/" + name, "{\"gracePeriodSeconds\":0}");
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
  }

  private String used() {
    return client.get(QUOTAS + "/" + cluster).at("status.used.pods");
  }

  @Test
  void twoGangsThatEachFitDoNotTakeHalfOfTheQuotaEach() {
    quota(3);
    group("a", 3);
    group("b", 3);
    for (int i = 0; i < 3; i++) {
      member("a", i);
      member("b", i);
      assertThat(in("a")).isIn(0, 3);
      assertThat(in("b")).isIn(0, 3);
    }
    Deadline.await(() -> in("a") == 3);
    assertThat(in("b")).isZero();
    Deadline.await(() -> used().equals("3"));
    for (int i = 0; i < 3; i++) {
      gone("a-" + i);
    }
    Deadline.await(() -> in("b") == 3);
  }

  @Test
  void aGangOfWhichTooFewAreThereLetsOthersPast() {
    quota(3);
    group("a", 3);
    member("a", 0);
    member("a", 1);
    single("other");
    Deadline.await(() -> !waits("other"));
    assertThat(in("a")).isZero();
    member("a", 2);
    gone("other");
    Deadline.await(() -> in("a") == 3);
    member("a", 3);
    assertThat(waits("a-3")).isTrue();
    gone("a-0");
    Deadline.await(() -> !waits("a-3"));
  }

  @Test
  void oneThatIsLargerThanATransactionIsLetInAsAWhole() {
    quota(40);
    group("a", 40);
    single("other");
    for (int i = 0; i < 40; i++) {
      member("a", i);
    }
    assertThat(in("a")).isZero();
    gone("other");
    Deadline.await(() -> in("a") == 40);
  }
}
