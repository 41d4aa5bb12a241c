package dev.argosy.agent.network.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.network.service.RuleSet.Front;
import dev.argosy.agent.network.service.RuleSet.Target;
import dev.argosy.agent.network.service.RuleSet.Targets;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {

  private static final Front API = new Front("10.96.0.1", "tcp", 443);
  private static final Target SERVER = new Target("10.0.0.1", 6443);
  private static final ServiceNetwork NETWORK =
      new ServiceNetwork("10.96.0.0/12", "10.244.0.0/16", "10.0.0.2");
  private final ServiceRules rules = new ServiceRules(API, List.of(SERVER), NETWORK);

  @Test
  void servicesLeadToTheirOwnReadyEndpoints() {
    ServiceView web = service("acme", "\"clusterIP\":\"10.96.0.10\",\"ports\":[{\"port\":80}]");
    ServiceView other = service("globex", "\"clusterIP\":\"10.96.0.11\",\"ports\":[{\"port\":80}]");
    SliceView slice =
        slice(
            "acme",
            "[{\"addresses\":[\"10.244.1.3\"]},{\"addresses\":[\"10.244.1.2\"],\"conditions\":"
                + "{\"ready\":true}},{\"addresses\":[\"10.244.1.4\"],\"conditions\":"
                + "{\"ready\":false}},{\"addresses\":[\"x; flush ruleset\"]}]");
    RuleSet decided = rules.decide(List.of(web, other), List.of(slice));
    assertThat(decided.virtual())
        .containsOnlyKeys(new Front("10.96.0.10", "tcp", 80), API)
        .containsEntry(
            new Front("10.96.0.10", "tcp", 80),
            new Targets(
                false, List.of(new Target("10.244.1.2", 8080), new Target("10.244.1.3", 8080))))
        .containsEntry(API, new Targets(false, List.of(SERVER)));
  }

  @Test
  void nodePortsAffinityAndUnreadyEndpointsAreTakenOver() {
    ServiceView web =
        service(
            "acme",
            "\"type\":\"NodePort\",\"sessionAffinity\":\"ClientIP\",\"publishNotReadyAddresses\":"
                + "true,\"clusterIP\":\"10.96.0.10\",\"ports\":[{\"port\":80,\"nodePort\":30080}]");
    SliceView slice =
        slice("acme", "[{\"addresses\":[\"10.244.1.4\"],\"conditions\":{\"ready\":false}}]");
    assertThat(rules.decide(List.of(web), List.of(slice)).nodePorts())
        .containsEntry(
            new Front("", "tcp", 30080),
            new Targets(true, List.of(new Target("10.244.1.4", 8080))));
  }

  @Test
  void tenantsCannotTakeTheApiServersAddress() {
    ServiceView kubernetes =
        service("acme", "\"clusterIP\":\"10.96.0.1\",\"ports\":[{\"port\":443}]");
    SliceView slice = slice("acme", "[{\"addresses\":[\"10.244.1.4\"]}]");
    assertThat(rules.decide(List.of(kubernetes), List.of(slice)).virtual())
        .containsOnlyKeys(API)
        .containsEntry(API, new Targets(false, List.of(SERVER)));
  }

  @Test
  void addressesBesideThePlatformsRangeAreKnownWithoutEndpoints() {
    ServiceView in = service("acme", "\"clusterIP\":\"10.111.255.1\",\"ports\":[{\"port\":80}]");
    ServiceView out = service("acme", "\"clusterIP\":\"203.0.113.9\",\"ports\":[{\"port\":80}]");
    RuleSet decided = rules.decide(List.of(in, out), List.of());
    assertThat(decided.virtual()).containsOnlyKeys(API);
    assertThat(decided.beside()).containsExactly("203.0.113.9");
  }

  private static ServiceView service(String cluster, String spec) {
    ObjectKey key = new ObjectKey(new GroupResource("", "services"), cluster, "default", "web");
    return ServiceView.of(object(key, "{}", "\"spec\":{" + spec + "}"));
  }

  private static SliceView slice(String cluster, String endpoints) {
    ObjectKey key =
        new ObjectKey(
            new GroupResource("discovery.k8s.io", "endpointslices"), cluster, "default", "web-1");
    return SliceView.of(
        object(
            key,
            "{\"kubernetes.io/service-name\":\"web\"}",
            "\"ports\":[{\"port\":8080}],\"endpoints\":" + endpoints));
  }

  private static ApiObject object(ObjectKey key, String labels, String rest) {
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"X\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"default\","
            + "\"resourceVersion\":\"1\",\"labels\":%s},%s}";
    return ApiObject.ofWire(key, 1, json.formatted(key.name(), labels, rest).getBytes(UTF_8));
  }
}
