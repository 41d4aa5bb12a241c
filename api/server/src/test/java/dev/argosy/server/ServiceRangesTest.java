package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** KEP-1880: ranges of addresses of services beside the platform's. */
class ServiceRangesTest {

  private static final String MERGE = "application/merge-patch+json";
  private static final String RANGES = "/clusters/acme/apis/networking.k8s.io/v1/servicecidrs";
  private static final String ADDRESSES = "/clusters/acme/apis/networking.k8s.io/v1/ipaddresses";
  private static final String SERVICES = "/clusters/acme/api/v1/namespaces/default/services";

  private final TestServer server =
      TestServer.start(Map.of("argosy.api.service-range", "10.96.0.0/28"), parts -> {});
  private final TestClient client = server.client();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aReadyRangeGivesItsAddresses() {
    range("more", "203.0.113.0/30");
    assertThat(service("early", "203.0.113.1").at("message"))
        .contains("the provided IP is not in the valid range");
    ready("more", "True");
    assertThat(service("a", "203.0.113.1").code()).isEqualTo(201);
    assertThat(service("b", "203.0.113.1").at("message")).contains("already allocated");
    assertThat(service("network", "203.0.113.0").code()).as("the first of all").isEqualTo(422);
    assertThat(service("broadcast", "203.0.113.3").code()).as("the last of all").isEqualTo(422);
    assertThat(client.get(ADDRESSES + "/203.0.113.1").at("spec.parentRef.name")).isEqualTo("a");
    client.delete(SERVICES + "/a", "");
    assertThat(service("c", "203.0.113.1").code()).as("given back").isEqualTo(201);
  }

  @Test
  void whatThePlatformsRangeNoLongerHasComesOfTheOthers() {
    range("more", "203.0.113.0/29");
    ready("more", "True");
    Set<String> given = new TreeSet<>();
    for (int i = 0; i < 19; i++) {
      Answer made = service("s" + i, "");
      assertThat(made.code()).as(made.text()).isEqualTo(201);
      given.add(made.at("spec.clusterIP"));
    }
    assertThat(given)
        .hasSize(19)
        .contains("203.0.113.1", "203.0.113.6", "10.96.0.2", "10.96.0.14")
        .doesNotContain("203.0.113.0", "203.0.113.7");
    assertThat(service("none", "").at("message")).contains("no free address");
  }

  @Test
  void whatGoesOrIsNotReadyGivesNone() {
    range("more", "203.0.113.0/24");
    ready("more", "True");
    client.patch(RANGES + "/more", MERGE, "{\"metadata\":{\"finalizers\":[\"example.com/x\"]}}");
    assertThat(service("a", "203.0.113.7").code()).isEqualTo(201);
    client.delete(RANGES + "/more", "");
    assertThat(service("b", "203.0.113.8").code()).as("going").isEqualTo(422);
    Answer kept = client.patch(SERVICES + "/a", MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
    assertThat(kept.at("spec.clusterIP")).as("what it gave stays").isEqualTo("203.0.113.7");
    range("again", "203.0.113.0/24");
    ready("again", "False");
    assertThat(service("c", "203.0.113.8").code()).as("not ready").isEqualTo(422);
  }

  @Test
  void othersNetworksAreNobodysToTake() {
    Answer lent = range("lent", "192.168.0.0/16");
    assertThat(lent.code()).isEqualTo(422);
    assertThat(lent.at("message"))
        .contains("spec.cidrs[0]: Invalid value: \"192.168.0.0/16\": must lie in a range")
        .contains("10.96.0.0/28, 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24");
    assertThat(range("wide", "203.0.112.0/23").code()).isEqualTo(422);
    assertThat(range("part", "10.96.0.8/29").code()).isEqualTo(201);
    assertThat(range("six", "2001:db8::/64").code()).isEqualTo(201);
    Answer moved =
        client.patch(RANGES + "/part", MERGE, "{\"spec\":{\"cidrs\":[\"203.0.113.0/24\"]}}");
    assertThat(moved.at("message")).contains("field is immutable");
  }

  @Test
  void anotherTenantHasNothingOfIt() {
    range("more", "203.0.113.0/24");
    ready("more", "True");
    String root = "/clusters/root/api/v1/namespaces/default/services";
    assertThat(client.post(root, body("a", "203.0.113.9")).code()).isEqualTo(422);
  }

  @Test
  void anAddressThatSomebodyKeepsIsNotGiven() {
    String keeper =
        "{\"metadata\":{\"name\":\"10.96.0.9\"},\"spec\":{\"parentRef\":{\"group\":\"example.com\","
            + "\"resource\":\"gateways\",\"namespace\":\"default\",\"name\":\"g\"}}}";
    assertThat(client.post(ADDRESSES, keeper).code()).isEqualTo(201);
    assertThat(service("a", "10.96.0.9").at("message")).contains("already allocated");
    for (int i = 0; i < 12; i++) {
      assertThat(service("s" + i, "").at("spec.clusterIP")).isNotEqualTo("10.96.0.9");
    }
    client.delete(ADDRESSES + "/10.96.0.9", "");
    assertThat(service("b", "10.96.0.9").code()).isEqualTo(201);
    assertThat(client.post(ADDRESSES, keeper).code()).as("the service's now").isEqualTo(409);
  }

  @Test
  void whatEveryClusterHasShowsItsStatusAndStays() {
    Answer first = client.get(RANGES + "/kubernetes");
    Answer status = client.get(RANGES + "/kubernetes/status");
    assertThat(status.at("kind")).isEqualTo("ServiceCIDR");
    assertThat(status.at("metadata.uid")).isNotEmpty().isEqualTo(first.at("metadata.uid"));
    assertThat(client.delete(RANGES + "/kubernetes", "").code()).isEqualTo(409);
    assertThat(range("kubernetes", "203.0.113.0/24").code()).isEqualTo(409);
  }

  @Test
  void addressesOfAnythingAreKeptAndDeletedByTheirLabels() {
    String parent =
        "\"spec\":{\"parentRef\":{\"group\":\"g\",\"resource\":\"r\",\"namespace\":\"foo\","
            + "\"name\":\"bar\"}}}";
    for (String name : List.of("255.255.255.255", "fe80::42:1dff:fe84:f9e2")) {
      String body =
          "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"t\":\"%s\"}},"
              .formatted(name, name.length());
      assertThat(client.post(ADDRESSES, body + parent).code()).isEqualTo(201);
    }
    service("a", "10.96.0.5");
    assertThat(client.get(ADDRESSES).json().path("items")).hasSize(3);
    assertThat(client.get(ADDRESSES + "?labelSelector=t=15").json().path("items")).hasSize(1);
    assertThat(client.delete(ADDRESSES + "?labelSelector=t=23", "").code()).isEqualTo(200);
    assertThat(client.delete(ADDRESSES + "/255.255.255.255", "").code()).isEqualTo(200);
    assertThat(client.get(ADDRESSES).at("items.0.metadata.name")).isEqualTo("10.96.0.5");
  }

  private Answer range(String name, String cidr) {
    return client.post(
        RANGES,
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"cidrs\":[\"%s\"]}}".formatted(name, cidr));
  }

  private void ready(String name, String status) {
    String condition =
        "{\"type\":\"Ready\",\"status\":\"%s\",\"reason\":\"\",\"message\":\"\","
            + "\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}";
    Answer told =
        client.patch(
            RANGES + "/" + name + "/status",
            MERGE,
            "{\"status\":{\"conditions\":[" + condition.formatted(status) + "]}}");
    assertThat(told.code()).as(told.text()).isEqualTo(200);
  }

  private Answer service(String name, String address) {
    return client.post(SERVICES, body(name, address));
  }

  private static String body(String name, String address) {
    String ip = address.isEmpty() ? "" : "\"clusterIP\":\"" + address + "\",";
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"ports\":[{\"port\":80}]}}"
        .formatted(name, ip);
  }
}
