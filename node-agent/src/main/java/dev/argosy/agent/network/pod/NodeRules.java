package dev.argosy.agent.network.pod;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node's kernel must be told once so that pod traffic passes: forwarding, acceptance
 * beside Docker's own rules (which drop what they do not know), and the node's address for traffic
 * that leaves the cluster. Safe to apply again; it puts back what someone flushed.
 */
public final class NodeRules {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRules.class);
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

  /** The first of them that is there takes the acceptance; the other stands in without Docker's. */
  private static final List<String> CHAINS = List.of("DOCKER-USER", "FORWARD");

  private final String clusterSubnet;
  private final String nodeSubnet;
  private final String table;

  /**
   * The rules of one node.
   *
   * @param clusterSubnet all pods of all nodes
   * @param nodeSubnet the pods of this node
   * @param table the nftables table, which this object owns
   */
  public NodeRules(String clusterSubnet, String nodeSubnet, String table) {
    this.clusterSubnet = clusterSubnet;
    this.nodeSubnet = nodeSubnet;
    this.table = table;
  }

  public void apply() {
    forward();
    masquerade();
    accept("-d");
    accept("-s");
  }

  private static void forward() {
    try {
      if (!Files.readString(FORWARDING).startsWith("1")) {
        Files.writeString(FORWARDING, "1");
      }
    } catch (IOException e) {
      LOG.warn(
          "cannot turn on IP forwarding; pods will not reach other machines: {}", e.toString());
    }
  }

  private void masquerade() {
    String rules =
        """
        table ip %1$s
        delete table ip %1$s
        table ip %1$s {
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            ip saddr %2$s ip daddr != %3$s fib daddr type != local masquerade
          }
        }
        """
            .formatted(table, nodeSubnet, clusterSubnet);
    Outcome outcome = Commands.run(List.of("nft", "-f", "-"), rules);
    if (!outcome.ok()) {
      LOG.warn("cannot set up address translation for pods: {}", outcome.output());
    }
  }

  private void accept(String direction) {
    for (String chain : CHAINS) {
      List<String> rule = acceptance(chain, direction);
      if (iptables("-C", rule) || iptables("-I", rule)) {
        return;
      }
    }
    LOG.warn("cannot let pod traffic pass the FORWARD chain (is iptables installed?)");
  }

  private List<String> acceptance(String chain, String direction) {
    return List.of(chain, direction, clusterSubnet, "-j", "ACCEPT");
  }

  private static boolean iptables(String operation, List<String> rule) {
    List<String> command = new java.util.ArrayList<>(List.of("iptables", "-w", operation));
    command.addAll(rule);
    return Commands.run(command).ok();
  }

  /** Takes back its table and what it let pass; pods of this cluster are cut off afterwards. */
  public void remove() {
    Commands.run(List.of("nft", "delete", "table", "ip", table));
    for (String chain : CHAINS) {
      iptables("-D", acceptance(chain, "-d"));
      iptables("-D", acceptance(chain, "-s"));
    }
  }
}
