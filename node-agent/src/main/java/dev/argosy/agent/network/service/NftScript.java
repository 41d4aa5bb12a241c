package dev.argosy.agent.network.service;

import dev.argosy.agent.network.service.RuleSet.Front;
import dev.argosy.agent.network.service.RuleSet.Target;
import dev.argosy.agent.network.service.RuleSet.Targets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words rule sets for {@code nft -f}; pure.
 *
 * <p>{@code virtual} and {@code nodeports} lead to the chain for the number of endpoints; that
 * chain puts an index into the mark, and {@code targets} gives the endpoint for front and index
 * ({@code nodeport-targets} for node ports). A connection that comes back to where it began
 * (hairpin), and one from outside through a node port, leaves with the node's address, so that the
 * answer passes this node.
 */
final class NftScript {

  static final String TABLE = "argosy-services";

  private static final String T = "ip " + TABLE;

  private final ServiceNetwork network;

  NftScript(ServiceNetwork network) {
    this.network = network;
  }

  /** Replaces whatever the table held, atomically. */
  String full(RuleSet rules) {
    StringBuilder out = new StringBuilder();
    out.append("table %s\ndelete table %s\n".formatted(T, T));
    out.append(frame());
    TreeSet<String> chains = new TreeSet<>();
    rules.virtual().values().forEach(targets -> chains.add(chain("v", targets)));
    rules.nodePorts().values().forEach(targets -> chains.add(chain("p", targets)));
    chains.forEach(chain -> out.append(balancing(chain)));
    rules.virtual().forEach((front, targets) -> add(out, front, targets));
    rules.nodePorts().forEach((front, targets) -> add(out, front, targets));
    beside(out, "add", rules.beside(), Set.of());
    return out.toString();
  }

  /** Turns one into the other; the chains of both exist or are made. */
  String change(RuleSet before, RuleSet after) {
    StringBuilder out = new StringBuilder();
    change(out, before.virtual(), after.virtual());
    change(out, before.nodePorts(), after.nodePorts());
    beside(out, "delete", before.beside(), after.beside());
    beside(out, "add", after.beside(), before.beside());
    return out.toString();
  }

  /** Those addresses that are not among the others. */
  private static void beside(
      StringBuilder out, String verb, Set<String> addresses, Set<String> others) {
    TreeSet<String> some = new TreeSet<>(addresses);
    some.removeAll(others);
    if (!some.isEmpty()) {
      out.append("%s element %s beside { %s }\n".formatted(verb, T, String.join(", ", some)));
    }
  }

  private void change(StringBuilder out, Map<Front, Targets> before, Map<Front, Targets> after) {
    before.forEach((front, targets) -> {
      if (!targets.equals(after.get(front))) {
        remove(out, front, targets);
      }
    });
    after.forEach((front, targets) -> {
      if (!targets.equals(before.get(front))) {
        String chain = chain(prefix(front), targets);
        out.append("add chain %s %s\nflush chain %s %s\n".formatted(T, chain, T, chain));
        out.append(balancing(chain));
        add(out, front, targets);
      }
    });
  }

  /** Everything that does not depend on the services. */
  private String frame() {
    return """
    table ip argosy-services {
      map virtual { type ipv4_addr . inet_proto . inet_service : verdict; }
      map nodeports { type inet_proto . inet_service : verdict; }
      map targets { type ipv4_addr . inet_proto . inet_service . mark : ipv4_addr . inet_service; }
      map nodeport-targets { type inet_proto . inet_service . mark : ipv4_addr . inet_service; }
      set beside { type ipv4_addr; }
      set loops { type ipv4_addr . ipv4_addr; }
      chain services {
        ip daddr . meta l4proto . th dport vmap @virtual
        ip daddr != %2$s fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @nodeports
      }
      chain prerouting { type nat hook prerouting priority dstnat; policy accept; jump services; }
      chain output { type nat hook output priority -100; policy accept; jump services; }
      chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        ct status & dnat == dnat jump leaving
      }
      chain leaving {
        fib saddr type local return
        ip saddr . ip daddr @loops snat to %3$s
        ip saddr != %1$s snat to %3$s
      }
      chain unserved-forward { type filter hook forward priority 0; policy accept; jump unserved; }
      chain unserved-output { type filter hook output priority 0; policy accept; jump unserved; }
      chain unserved {
        ip daddr %2$s reject
        ip daddr @beside reject
      }
    }
    """
        .formatted(network.podRange(), network.serviceRange(), network.nodeAddress());
  }

  /** A chain's name says all: v or p, the number of endpoints, s if sticky. */
  private static String chain(String prefix, Targets targets) {
    return prefix + targets.all().size() + (targets.sticky() ? "s" : "");
  }

  private static String prefix(Front front) {
    return front.address().isEmpty() ? "p" : "v";
  }

  private static String balancing(String chain) {
    boolean sticky = chain.endsWith("s");
    String count = chain.substring(1, sticky ? chain.length() - 1 : chain.length());
    String pick = sticky ? "jhash ip saddr mod " + count : "numgen random mod " + count;
    boolean nodePort = chain.startsWith("p");
    String key = (nodePort ? "" : "ip daddr . ") + "meta l4proto . th dport . meta mark";
    String map = nodePort ? "nodeport-targets" : "targets";
    return """
    table ip argosy-services {
      chain %s {
        meta mark set %s
        meta l4proto { tcp, udp, sctp } dnat ip to %s map @%s
      }
    }
    """
        .formatted(chain, pick, key, map);
  }

  private static void add(StringBuilder out, Front front, Targets targets) {
    element(out, "add", front, targets, true);
    String goal = chain(prefix(front), targets);
    out.append(
        "add element %s %s { %s : goto %s }\n".formatted(T, mapOf(front), keyOf(front), goal));
  }

  private static void remove(StringBuilder out, Front front, Targets targets) {
    out.append("delete element %s %s { %s }\n".formatted(T, mapOf(front), keyOf(front)));
    element(out, "delete", front, targets, false);
  }

  private static void element(
      StringBuilder out, String verb, Front front, Targets targets, boolean values) {
    String map = front.address().isEmpty() ? "nodeport-targets" : "targets";
    out.append("%s element %s %s { ".formatted(verb, T, map));
    int index = 0;
    for (Target target : targets.all()) {
      out.append(index == 0 ? "" : ", ").append(keyOf(front)).append(" . ").append(index++);
      if (values) {
        out.append(" : ").append(target.address()).append(" . ").append(target.port());
      }
    }
    out.append(" }\n");
    if (values) {
      loops(out, targets.all());
    }
  }

  /** Endpoints that left stay in the set; they are only ever compared with themselves. */
  private static void loops(StringBuilder out, Collection<Target> targets) {
    TreeSet<String> addresses = new TreeSet<>();
    targets.forEach(target -> addresses.add(target.address() + " . " + target.address()));
    out.append("add element %s loops { %s }\n".formatted(T, String.join(", ", addresses)));
  }

  private static String mapOf(Front front) {
    return front.address().isEmpty() ? "nodeports" : "virtual";
  }

  private static String keyOf(Front front) {
    String port = front.protocol() + " . " + front.port();
    return front.address().isEmpty() ? port : front.address() + " . " + port;
  }
}
