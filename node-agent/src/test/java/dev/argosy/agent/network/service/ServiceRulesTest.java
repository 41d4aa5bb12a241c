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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {

  private static final Front API = new Front("10.96.0.1", "tcp", 443);
  private static final Target SERVER = new Target("10.0.0.1", 6443);
  private static final ServiceNetwork NETWORK =
      new ServiceNetwork("10.96.0.0/12", "10.244.0.0/16", "10.0.0.2");
  private static final NodePlace HERE = new NodePlace("n1", "a");
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
    RuleSet decided = rules.decide(List.of(web, other), List.of(slice), HERE);
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
    assertThat(rules.decide(List.of(web), List.of(slice), HERE).nodePorts())
        .containsEntry(
            new Front("", "tcp", 30080),
            new Targets(true, List.of(new Target("10.244.1.4", 8080))));
  }

  @Test
  void tenantsCannotTakeTheApiServersAddress() {
    ServiceView kubernetes =
        service("acme", "\"clusterIP\":\"10.96.0.1\",\"ports\":[{\"port\":443}]");
    SliceView slice = slice("acme", "[{\"addresses\":[\"10.244.1.4\"]}]");
    assertThat(rules.decide(List.of(kubernetes), List.of(slice), HERE).virtual())
        .containsOnlyKeys(API)
        .containsEntry(API, new Targets(false, List.of(SERVER)));
  }

  @Test
  void addressesBesideThePlatformsRangeAreKnownWithoutEndpoints() {
    ServiceView in = service("acme", "\"clusterIP\":\"10.111.255.1\",\"ports\":[{\"port\":80}]");
    ServiceView out = service("acme", "\"clusterIP\":\"203.0.113.9\",\"ports\":[{\"port\":80}]");
    RuleSet decided = rules.decide(List.of(in, out), List.of(), HERE);
    assertThat(decided.virtual()).containsOnlyKeys(API);
    assertThat(decided.beside()).containsExactly("203.0.113.9");
  }

  @Test
  void hintsForTheZoneAreFollowedIfAllHaveSomeAndOneIsForHere() {
    String hinted = endpoint("2", "n2", "a", "") + "," + endpoint("3", "n3", "b", "");
    assertThat(virtual("", hinted)).containsExactly("10.244.1.2");
    assertThat(virtual("", hinted + "," + endpoint("4", "n1", "", "")))
        .as("one has none")
        .hasSize(3);
    assertThat(virtual("", endpoint("2", "n2", "b", "") + "," + endpoint("3", "n3", "c", "")))
        .as("none is for here")
        .hasSize(2);
    assertThat(virtual("", hinted, new NodePlace("n1", ""))).as("nobody knows where").hasSize(2);
    String unready = endpoint("4", "n1", "", "").replace("{\"ready\":true}", "{\"ready\":false}");
    assertThat(virtual("", hinted + "," + unready))
        .as("is not ready")
        .containsExactly("10.244.1.2");
  }

  @Test
  void hintsForTheNodeGoBeforeThoseForItsZone() {
    String three =
        endpoint("2", "n1", "a", "n1")
            + ","
            + endpoint("3", "n2", "a", "n2")
            + ","
            + endpoint("4", "n3", "b", "n3");
    assertThat(virtual("", three)).containsExactly("10.244.1.2");
    assertThat(virtual("", three, new NodePlace("n9", "a")))
        .containsExactly("10.244.1.2", "10.244.1.3");
    assertThat(virtual("", three, new NodePlace("n9", "z"))).hasSize(3);
  }

  @Test
  void localTrafficStaysOnTheNodeWhateverHintsSay() {
    String local = "\"internalTrafficPolicy\":\"Local\",";
    String two = endpoint("2", "n1", "b", "") + "," + endpoint("3", "n2", "a", "");
    assertThat(virtual(local, two)).containsExactly("10.244.1.2");
    assertThat(virtual(local, endpoint("3", "n2", "", ""))).as("none is here").isEmpty();
  }

  @Test
  void nodePortsFromOutsideStayOnTheNodeIfTheServiceSaysSo() {
    ServiceView web =
        service(
            "acme",
            "\"type\":\"NodePort\",\"externalTrafficPolicy\":\"Local\",\"clusterIP\":\"10.96.0.10\","
                + "\"ports\":[{\"port\":80,\"nodePort\":30080}]");
    Front front = new Front("", "tcp", 30080);
    SliceView both =
        slice("acme", "[" + endpoint("2", "n1", "", "") + "," + endpoint("3", "n2", "", "") + "]");
    RuleSet decided = rules.decide(List.of(web), List.of(both), HERE);
    assertThat(addresses(decided.nodePorts().get(front))).hasSize(2);
    assertThat(addresses(decided.outside().get(front))).containsExactly("10.244.1.2");
    RuleSet away = rules.decide(List.of(web), List.of(both), new NodePlace("n9", ""));
    assertThat(addresses(away.outside().get(front))).as("leads nowhere").isEmpty();
  }

  @Test
  void whereNoneIsReadyThoseServeThatAreAboutToEnd() {
    String leaving =
        "{\"addresses\":[\"10.244.1.2\"],\"conditions\":{\"ready\":false,\"serving\":true,"
            + "\"terminating\":true}}";
    assertThat(virtual("", leaving)).containsExactly("10.244.1.2");
    assertThat(virtual("", leaving + "," + endpoint("3", "n2", "", "")))
        .containsExactly("10.244.1.3");
    assertThat(virtual("", leaving.replace("\"serving\":true", "\"serving\":false"))).isEmpty();
  }

  private static String endpoint(String last, String node, String zone, String forNode) {
    String hints =
        (zone.isEmpty() ? "" : "\"forZones\":[{\"name\":\"" + zone + "\"}]")
            + (forNode.isEmpty() ? "" : ",\"forNodes\":[{\"name\":\"" + forNode + "\"}]");
    return "{\"addresses\":[\"10.244.1.%s\"],\"nodeName\":\"%s\",\"conditions\":{\"ready\":true}%s}"
        .formatted(last, node, hints.isEmpty() ? "" : ",\"hints\":{" + hints + "}");
  }

  private List<String> virtual(String spec, String endpoints) {
    return virtual(spec, endpoints, HERE);
  }

  private List<String> virtual(String spec, String endpoints, NodePlace place) {
    ServiceView web =
        service("acme", spec + "\"clusterIP\":\"10.96.0.10\",\"ports\":[{\"port\":80}]");
    RuleSet decided =
        rules.decide(List.of(web), List.of(slice("acme", "[" + endpoints + "]")), place);
    return addresses(decided.virtual().get(new Front("10.96.0.10", "tcp", 80)));
  }

  private static List<String> addresses(@Nullable Targets targets) {
    return targets == null ? List.of() : targets.all().stream().map(Target::address).toList();
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
