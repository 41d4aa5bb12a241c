package dev.argosy.agent.network.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.network.service.RuleSet.Front;
import dev.argosy.agent.network.service.RuleSet.Target;
import dev.argosy.agent.network.service.RuleSet.Targets;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real rules in the kernel, in namespaces of their own; needs root, ip and nft. */
@Timeout(120)
class NftTableTest {

  private static final ServiceNetwork NETWORK =
      new ServiceNetwork("10.96.0.0/12", "10.244.0.0/16", NodeInNamespaces.NODE);
  private static final Front WEB = new Front("10.96.0.10", "tcp", 80);
  private static final Front WEB_NODE_PORT = new Front("", "tcp", 30080);
  private static final Target A = new Target("10.244.1.2", 8080);
  private static final Target B = new Target("10.244.1.3", 8080);

  private final NftScript script = new NftScript(NETWORK);
  private NodeInNamespaces node;
  private NftTable table;

  @BeforeEach
  void start() throws Exception {
    node = new NodeInNamespaces();
    table = new NftTable(node.nft());
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void podsAndTheNodeReachEveryEndpointAndThemselves() throws Exception {
    apply(script.full(rules(Map.of(WEB, targets(A, B)))));
    Set<String> fromPod = askOften("p0", WEB.address(), 80);
    assertThat(fromPod)
        .containsExactlyInAnyOrder("10.244.1.2 " + NodeInNamespaces.NODE, "10.244.1.3 10.244.1.2");
    assertThat(askOften("node", WEB.address(), 80)).hasSize(2);
  }

  @Test
  void addressWithoutEndpointsRefusesAtOnce() throws Exception {
    apply(script.full(rules(Map.of(WEB, targets(A)))));
    assertThatThrownBy(() -> node.ask("p0", "10.96.0.99", 80)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> node.ask("p0", WEB.address(), 81))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> node.ask("node", "10.96.0.99", 80))
        .isInstanceOf(java.net.SocketException.class);
  }

  @Test
  void addressesBesideTheRangeServeAndRefuse() throws Exception {
    Front beside = new Front("203.0.113.9", "tcp", 80);
    RuleSet before = rules(Map.of());
    RuleSet after =
        new RuleSet(
            Map.of(beside, targets(A)), Map.of(), Map.of(), Set.of("203.0.113.9", "203.0.113.10"));
    apply(script.full(before));
    apply(script.change(before, after));
    assertThat(node.ask("p1", "203.0.113.9", 80)).startsWith("10.244.1.2");
    assertThatThrownBy(() -> node.ask("p0", "203.0.113.10", 80))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> node.ask("p0", "203.0.113.9", 81))
        .isInstanceOf(ConnectException.class);
    String back = script.change(after, before);
    assertThat(back).contains("delete element ip argosy-services beside { 203.0.113.10, 203.0");
    apply(back);
  }

  @Test
  void changesAreAppliedInPlace() throws Exception {
    RuleSet both = rules(Map.of(WEB, targets(A, B)));
    RuleSet one = rules(Map.of(WEB, targets(B), new Front("10.96.0.11", "tcp", 81), targets(A)));
    apply(script.full(both));
    apply(script.change(both, one));
    assertThat(askOften("p0", WEB.address(), 80)).containsExactly("10.244.1.3 10.244.1.2");
    assertThat(node.ask("p1", "10.96.0.11", 81)).startsWith("10.244.1.2");
    apply(script.change(one, RuleSet.EMPTY));
    assertThatThrownBy(() -> node.ask("p0", WEB.address(), 80))
        .isInstanceOf(ConnectException.class);
    assertThat(script.change(one, one)).isEmpty();
  }

  @Test
  void stickyClientsKeepTheirEndpoint() throws Exception {
    apply(script.full(rules(Map.of(WEB, new Targets(true, List.of(A, B))))));
    assertThat(askOften("p0", WEB.address(), 80)).hasSize(1);
    assertThat(askOften("p1", WEB.address(), 80)).hasSize(1);
  }

  @Test
  void nodePortLeadsToTheEndpoints() throws Exception {
    RuleSet rules =
        new RuleSet(
            Map.of(WEB, targets(A, B)), Map.of(WEB_NODE_PORT, targets(A, B)), Map.of(), Set.of());
    apply(script.full(rules));
    assertThat(askOften("p0", NodeInNamespaces.NODE, 30080)).hasSize(2);
    assertThat(askOften("node", NodeInNamespaces.NODE, 30080)).hasSize(2);
    apply(script.change(rules, RuleSet.EMPTY));
    assertThatThrownBy(() -> node.ask("p0", NodeInNamespaces.NODE, 30080))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void whoeverComesFromOutsideKeepsTheirAddressAndToTheNode() throws Exception {
    node.addOutside();
    RuleSet all = nodePort(Map.of());
    RuleSet own = nodePort(Map.of(WEB_NODE_PORT, targets(A)));
    RuleSet none = nodePort(Map.of(WEB_NODE_PORT, targets()));
    apply(script.full(all));
    assertThat(askOften("out", NodeInNamespaces.NODE, 30080))
        .containsExactlyInAnyOrder("10.244.1.2 10.0.0.1", "10.244.1.3 10.0.0.1");
    apply(script.change(all, own));
    assertThat(askOften("out", NodeInNamespaces.NODE, 30080))
        .containsExactly("10.244.1.2 " + NodeInNamespaces.OUTSIDE);
    assertThat(askOften("p1", NodeInNamespaces.NODE, 30080)).as("from within").hasSize(2);
    assertThat(askOften("node", NodeInNamespaces.NODE, 30080)).as("from the node").hasSize(2);
    apply(script.change(own, none));
    assertThatThrownBy(() -> node.ask("out", NodeInNamespaces.NODE, 30080))
        .as("no endpoint here")
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(node.ask("p0", NodeInNamespaces.NODE, 30080)).isNotEmpty();
    apply(script.full(none));
    apply(script.change(none, all));
    assertThat(askOften("out", NodeInNamespaces.NODE, 30080)).hasSize(2);
  }

  private static RuleSet nodePort(Map<Front, Targets> outside) {
    return new RuleSet(Map.of(), Map.of(WEB_NODE_PORT, targets(A, B)), outside, Set.of());
  }

  @Test
  void tenThousandServicesLoadAndChangeInOneTransactionEach() throws Exception {
    Map<Front, Targets> many = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.put(new Front("10.97." + i / 250 + "." + (i % 250 + 1), "tcp", 80), targets(A, B));
    }
    RuleSet before = rules(many);
    apply(script.full(before));
    many.put(new Front("10.97.0.1", "tcp", 80), targets(B));
    RuleSet after = rules(many);
    apply(script.change(before, after));
    assertThat(askOften("p0", "10.97.0.1", 80)).containsExactly("10.244.1.3 10.244.1.2");
    assertThat(node.ask("p1", "10.97.39.250", 80)).isNotEmpty();
  }

  private Set<String> askOften(String place, String address, int port) throws Exception {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      said.add(node.ask(place, address, port));
    }
    return new HashSet<>(said);
  }

  private void apply(String text) {
    assertThat(table.apply(text)).isEmpty();
  }

  private static RuleSet rules(Map<Front, Targets> virtual) {
    return new RuleSet(virtual, Map.of(), Map.of(), Set.of());
  }

  private static Targets targets(Target... all) {
    return new Targets(false, List.of(all));
  }
}
