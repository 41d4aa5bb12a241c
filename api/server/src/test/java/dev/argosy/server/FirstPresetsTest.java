package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What every cluster has from the beginning, seen by clients. */
class FirstPresetsTest {

  private static final String ACME = "/clusters/acme/apis/";
  private static final String FLOW = ACME + "flowcontrol.apiserver.k8s.io/v1/";
  private static final String CLASSES = ACME + "scheduling.k8s.io/v1/priorityclasses";
  private static final String SERVICES = ACME + "apiregistration.k8s.io/v1/apiservices";
  private static final String MERGE = "application/merge-patch+json";

  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(i -> names.add(i.path("metadata").path("name").asString("")));
    return names;
  }

  private long stored(String group, String resource) {
    return server
        .store
        .list(new GroupResource(group, resource), "acme", 0, null, 0)
        .values()
        .size();
  }

  @Test
  void prioritiesFlowsAndTheServiceRangeAreThere() {
    assertThat(names(client.get(CLASSES).json()))
        .containsExactly("system-cluster-critical", "system-node-critical");
    assertThat(names(client.get(FLOW + "prioritylevelconfigurations").json()))
        .containsExactly(
            "catch-all",
            "exempt",
            "global-default",
            "leader-election",
            "node-high",
            "system",
            "workload-high",
            "workload-low");
    assertThat(names(client.get(FLOW + "flowschemas").json())).hasSize(11).contains("probes");
    var range = client.get(ACME + "networking.k8s.io/v1/servicecidrs/kubernetes");
    assertThat(range.at("spec.cidrs.0")).isEqualTo("10.96.0.0/12");
    var system = client.get("/clusters/acme/api/v1/namespaces/kube-system");
    assertThat(range.at("status.conditions.0.lastTransitionTime"))
        .isEqualTo(system.at("metadata.creationTimestamp"));
    assertThat(stored("scheduling.k8s.io", "priorityclasses")).isZero();
  }

  @Test
  void aChangeIsTheClustersOwn() {
    String patch = "{\"spec\":{\"limited\":{\"nominalConcurrencyShares\":31}}}";
    var kept = client.patch(FLOW + "prioritylevelconfigurations/system", MERGE, patch);
    assertThat(kept.at("spec.limited.nominalConcurrencyShares")).isEqualTo("30");
    String own =
        "{\"metadata\":{\"annotations\":{\"apf.kubernetes.io/autoupdate-spec\":\"false\"}}}";
    client.patch(FLOW + "prioritylevelconfigurations/system", MERGE, own);
    var changed = client.patch(FLOW + "prioritylevelconfigurations/system", MERGE, patch);
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("metadata.generation")).isEqualTo("2");
    assertThat(stored("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations")).isEqualTo(1);
    var fixed = client.patch(FLOW + "prioritylevelconfigurations/catch-all", MERGE, patch);
    assertThat(fixed.code()).isEqualTo(422);
    assertThat(fixed.at("message")).contains("spec of 'catch-all' must equal the fixed value");
    var value = client.patch(CLASSES + "/system-node-critical", MERGE, "{\"value\":7}");
    assertThat(value.code()).isEqualTo(422);
  }

  @Test
  void everyGroupVersionIsRegistered() {
    List<String> names = names(client.get(SERVICES).json());
    assertThat(names)
        .isSorted()
        .contains("v1.", "v1.apps", "v1beta1.admissionregistration.k8s.io")
        .doesNotContain("v1.tenancy.argosy.dev");
    var apps = client.get(SERVICES + "/v1.apps");
    assertThat(apps.at("spec.groupPriorityMinimum")).isEqualTo("17800");
    assertThat(apps.at("status.conditions.0.reason")).isEqualTo("Local");
    var table = client.get(SERVICES, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(table.at("rows.0.cells.1")).isEqualTo("Local");
    assertThat(table.at("rows.0.cells.2")).isEqualTo("True");
  }

  @Test
  void groupsOfCustomResourcesAreRegistered() {
    var made =
        client.post(
            ACME + "apiextensions.k8s.io/v1/customresourcedefinitions",
            """
            {"metadata":{"name":"things.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced",
              "names":{"plural":"things","kind":"Thing"},
              "versions":[{"name":"v1","served":true,"storage":true,
               "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    var registration = client.get(SERVICES + "/v1.example.com");
    assertThat(registration.code()).as(registration.text()).isEqualTo(200);
    assertThat(registration.at("spec.groupPriorityMinimum")).isEqualTo("1000");
    assertThat(client.get(SERVICES.replace("acme", "globex") + "/v1.example.com").code())
        .isEqualTo(404);
  }

  @Test
  void aRegistrationWithoutServiceIsAvailableAtOnce() {
    String spec =
        "\"spec\":{\"group\":\"example.com\",\"version\":\"v1\",\"groupPriorityMinimum\":1000,"
            + "\"versionPriority\":15";
    var local = client.post(SERVICES, "{\"metadata\":{\"name\":\"v1.example.com\"}," + spec + "}}");
    assertThat(local.code()).as(local.text()).isEqualTo(201);
    assertThat(local.at("status.conditions.0.status")).isEqualTo("True");
    client.delete(SERVICES + "/v1.example.com", "");
    String service = ",\"service\":{\"namespace\":\"default\",\"name\":\"s\"}}}";
    var remote =
        client.post(SERVICES, "{\"metadata\":{\"name\":\"v1.example.com\"}," + spec + service);
    assertThat(remote.code()).as(remote.text()).isEqualTo(201);
    assertThat(remote.json().path("status").path("conditions")).isEmpty();
  }

  @Test
  void addressesOfServicesNameTheirService() {
    var service =
        client.post(
            "/clusters/acme/api/v1/namespaces/default/services",
            "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
    assertThat(service.code()).as(service.text()).isEqualTo(201);
    String addresses = ACME + "networking.k8s.io/v1/ipaddresses";
    assertThat(names(client.get(addresses).json())).containsExactly(service.at("spec.clusterIP"));
    var address = client.get(addresses + "/" + service.at("spec.clusterIP"));
    assertThat(address.at("spec.parentRef.name")).isEqualTo("web");
    client.delete("/clusters/acme/api/v1/namespaces/default/services/web", "");
    assertThat(names(client.get(addresses).json())).isEmpty();
    assertThat(stored("networking.k8s.io", "ipaddresses")).isZero();
  }

  @Test
  void taintsOfDevicesTellSinceWhen() {
    String slice =
        "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"driver\":\"gpu.example.com\",\"nodeName\":\"n\","
            + "\"pool\":{\"name\":\"n\",\"resourceSliceCount\":1},\"devices\":[{\"name\":\"g\","
            + "\"taints\":[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]}]}}";
    var made = client.post(ACME + "resource.k8s.io/v1/resourceslices", slice);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("spec.devices.0.taints.0.timeAdded")).isNotEmpty();
    assertThat(
            names(
                client
                    .get(ACME + "resource.k8s.io/v1/resourceslices?fieldSelector=spec.nodeName%3Dn")
                    .json()))
        .containsExactly("s");
  }
}
