package dev.argosy.agent.network.hostport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.network.service.NodeInNamespaces;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the kernel, between network namespaces. */
final class PublishedPortsTest {

  private static final String POD = NodeInNamespaces.PODS.getFirst();
  private static final String OTHER = NodeInNamespaces.PODS.getLast();

  private NodeInNamespaces node;
  private PublishedPorts ports;

  @BeforeEach
  void start() throws Exception {
    node = new NodeInNamespaces();
    node.addOutside();
    node.inNode("sysctl -qw net.ipv4.conf.v0.route_localnet=1");
    ports = new PublishedPorts(node.nft(), "argosy_test_host_ports", NodeInNamespaces.NODE);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private static PortMapping tcp(String address, int port) {
    return new PortMapping(new HostPort(address, "TCP", port), 8080);
  }

  private void refused(String place, String address, int port) {
    assertThatThrownBy(() -> node.ask(place, address, port)).isInstanceOf(IOException.class);
  }

  @Test
  void aPortOfTheMachineLeadsToThePodFromEverywhere() throws Exception {
    assertThat(ports.publish("a", POD, List.of(tcp("", 9000)))).isEmpty();
    assertThat(node.ask("out", NodeInNamespaces.NODE, 9000))
        .isEqualTo(POD + " " + NodeInNamespaces.OUTSIDE);
    assertThat(node.ask("node", NodeInNamespaces.NODE, 9000)).startsWith(POD + " ");
    assertThat(node.ask("node", "127.0.0.1", 9000)).isEqualTo(POD + " " + NodeInNamespaces.NODE);
    assertThat(node.ask("p1", NodeInNamespaces.NODE, 9000)).isEqualTo(POD + " " + OTHER);
    assertThat(node.ask("p0", NodeInNamespaces.NODE, 9000))
        .as("the pod itself")
        .isEqualTo(POD + " " + NodeInNamespaces.NODE);
    refused("out", NodeInNamespaces.NODE, 9001);
  }

  @Test
  void samePortsOfOtherAddressesLeadToOtherPods() throws Exception {
    assertThat(ports.publish("a", POD, List.of(tcp("127.0.0.1", 9000)))).isEmpty();
    assertThat(ports.publish("b", OTHER, List.of(tcp(NodeInNamespaces.NODE, 9000)))).isEmpty();
    assertThat(node.ask("node", "127.0.0.1", 9000)).startsWith(POD);
    assertThat(node.ask("out", NodeInNamespaces.NODE, 9000)).startsWith(OTHER);
  }

  @Test
  void whatIsWithdrawnLeadsNowhereAndOthersStay() throws Exception {
    ports.publish("a", POD, List.of(tcp("", 9000)));
    ports.publish("b", OTHER, List.of(tcp("", 9001)));
    ports.withdraw("a");
    refused("out", NodeInNamespaces.NODE, 9000);
    assertThat(node.ask("out", NodeInNamespaces.NODE, 9001)).startsWith(OTHER);
    ports.withdraw("b");
    refused("out", NodeInNamespaces.NODE, 9001);
  }

  /** Whenever it is asked; what leads to the pod does so meanwhile. */
  @Test
  void whatCannotLeadToThePodIsTold() throws Exception {
    List<PortMapping> wanted = List.of(tcp("2001:db8::1", 9000), tcp("127.0.0.1", 9001));
    for (int i = 0; i < 2; i++) {
      assertThat(ports.publish("a", POD, wanted))
          .hasValue(
              "hostIP 2001:db8::1 of port 9000 is an address of IPv6, and the pod's is of IPv4");
    }
    assertThat(node.ask("node", "127.0.0.1", 9001)).startsWith(POD);
  }

  @Test
  void whatTheKernelRefusesIsToldAndTriedAgain() {
    PublishedPorts broken =
        new PublishedPorts(List.of("false"), "argosy_test_host_ports", NodeInNamespaces.NODE);
    assertThat(broken.publish("a", POD, List.of(tcp("", 9000)))).isPresent();
    assertThat(broken.publish("a", POD, List.of(tcp("", 9000)))).isPresent();
  }

  @Test
  void whatAnAgentLeftBehindThatDiedGoesOnceThoseThatRunHavePublishedAnew() throws Exception {
    ports.publish("gone", POD, List.of(tcp("", 9000)));
    PublishedPorts next =
        new PublishedPorts(node.nft(), "argosy_test_host_ports", NodeInNamespaces.NODE);
    next.sweep();
    assertThat(node.ask("out", NodeInNamespaces.NODE, 9000)).startsWith(POD);
    next.sweep();
    refused("out", NodeInNamespaces.NODE, 9000);
  }
}
