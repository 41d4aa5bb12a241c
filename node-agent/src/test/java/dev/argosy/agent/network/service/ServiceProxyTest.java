package dev.argosy.agent.network.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.network.service.RuleSet.Front;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** From the API to the kernel; needs root, ip and nft. */
@Timeout(120)
class ServiceProxyTest {

  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final String BOTH = "[10.244.1.2, 10.244.1.3]";

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", "acme");
  private final ApiClient client = api.client();
  private final Informers informers = new Informers(client);
  private NodeInNamespaces node;
  private ServiceProxy proxy;

  @BeforeEach
  void start() throws Exception {
    node = new NodeInNamespaces();
    ServiceRules rules =
        new ServiceRules(
            new Front("10.96.0.1", "tcp", 443),
            List.of(),
            new ServiceNetwork("10.96.0.0/12", "10.244.0.0/16", NodeInNamespaces.NODE));
    proxy = new ServiceProxy(informers, rules, "n1", node.nft());
    proxy.start();
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    informers.close();
    node.close();
  }

  @Test
  void connectionsFollowHintsWhenTheNodesZoneBecomesKnownAndChanges() {
    create(
        ResourceScope.cluster(NODES, "root"),
        "{'metadata':{'name':'n0','labels':{%s}}}".formatted("'topology.kubernetes.io/zone':'b'"));
    create(
        ResourceScope.namespace(new GroupResource("", "services"), "acme", "default"),
        "{'metadata':{'name':'web'},'spec':{'clusterIP':'10.96.0.10','ports':[{'port':80}]}}");
    create(
        ResourceScope.namespace(
            new GroupResource("discovery.k8s.io", "endpointslices"), "acme", "default"),
        "{'metadata':{'name':'web-1','labels':{'kubernetes.io/service-name':'web'}},"
            + "'ports':[{'port':8080}],'endpoints':["
            + "{'addresses':['10.244.1.2'],'hints':{'forZones':[{'name':'a'}]}},"
            + "{'addresses':['10.244.1.3'],'hints':{'forZones':[{'name':'b'}]}}]}");
    await(BOTH);
    create(ResourceScope.cluster(NODES, "root"), "{'metadata':{'name':'n1'}}");
    zone("a");
    await("[10.244.1.2]");
    zone("b");
    await("[10.244.1.3]");
    zone("c");
    await(BOTH);
  }

  private void zone(String zone) {
    ObjectKey key = new ObjectKey(NODES, "root", "", "n1");
    String labels = "{'metadata':{'labels':{'topology.kubernetes.io/zone':'" + zone + "'}}}";
    client.patch(key, "", Patch.merge(json(labels))).orThrow();
  }

  private void create(ResourceScope scope, String object) {
    client.create(scope, json(object)).orThrow();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  private void await(String answers) {
    assertThat(api.await(() -> answers().toString().equals(answers), () -> {}))
        .as(answers)
        .isTrue();
  }

  /** Who answers whom a pod asks often. */
  private Set<String> answers() {
    Set<String> said = new TreeSet<>();
    try {
      for (int i = 0; i < 16; i++) {
        said.add(node.ask("p1", "10.96.0.10", 80).replaceFirst(" .*", ""));
      }
    } catch (Exception e) {
      said.add(e.toString());
    }
    return said;
  }
}
