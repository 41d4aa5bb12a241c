package dev.argosy.agent.network.service;

import dev.argosy.agent.network.service.RuleSet.Front;
import dev.argosy.agent.network.service.RuleSet.Target;
import dev.argosy.agent.network.service.RuleSet.Targets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Words rule sets for {@code nft -f}; pure.
 *
 * <p>{@code virtual}, {@code nodeports} and {@code outside} lead to the chain for the number of
 * endpoints; that chain puts an index into the mark, and {@code targets} gives the endpoint for
 * front and index ({@code nodeport-targets} for node ports). A connection that comes back to where
 * it began (hairpin), and one from outside through a node port, leaves with the node's address, so
 * that the answer passes this node. What {@code outside} has is kept to this node, so its answer
 * passes here anyhow, and its sender stays: a bit of the mark tells.
 */
final class NftScript {

  static final String TABLE = "argosy-services";

  private static final String T = "ip " + TABLE;

  /** In the mark of what keeps its sender; above all indexes. */
  private static final int KEPT = 0x10000;

  /** A map of fronts, and how its chains begin. */
  private enum Way {
    VIRTUAL("virtual", "targets", "v"),
    NODE_PORT("nodeports", "nodeport-targets", "p"),
    OUTSIDE("outside", "nodeport-targets", "l");

    private final String fronts;
    private final String targets;
    private final String prefix;

    Way(String fronts, String targets, String prefix) {
      this.fronts = fronts;
      this.targets = targets;
      this.prefix = prefix;
    }

    Map<Front, Targets> of(RuleSet rules) {
      return switch (this) {
        case VIRTUAL -> rules.virtual();
        case NODE_PORT -> rules.nodePorts();
        case OUTSIDE -> rules.outside();
      };
    }

    /** The chain's name says all: whose it is, the number of endpoints, s if sticky. */
    String chain(Targets targets) {
      return prefix + targets.all().size() + (targets.sticky() ? "s" : "");
    }

    int mark() {
      return this == OUTSIDE ? KEPT : 0;
    }
  }

  private final ServiceNetwork network;

  NftScript(ServiceNetwork network) {
    this.network = network;
  }

  /** Replaces whatever the table held, atomically. */
  String full(RuleSet rules) {
    StringBuilder out = new StringBuilder();
    out.append("table %s\ndelete table %s\n".formatted(T, T));
    out.append(frame());
    for (Way way : Way.values()) {
      TreeMap<String, Targets> chains = new TreeMap<>();
      way.of(rules).values().forEach(targets -> chains.put(way.chain(targets), targets));
      chains.values().forEach(targets -> out.append(balancing(way, targets)));
    }
    for (Way way : Way.values()) {
      way.of(rules).forEach((front, targets) -> add(out, way, front, targets));
    }
    beside(out, "add", rules.beside(), Set.of());
    return out.toString();
  }

  /** Turns one into the other; the chains of both exist or are made. */
  String change(RuleSet before, RuleSet after) {
    StringBuilder out = new StringBuilder();
    for (Way way : Way.values()) {
      change(out, way, way.of(before), way.of(after));
    }
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

  private static void change(
      StringBuilder out, Way way, Map<Front, Targets> before, Map<Front, Targets> after) {
    before.forEach((front, targets) -> {
      if (!targets.equals(after.get(front))) {
        remove(out, way, front, targets);
      }
    });
    after.forEach((front, targets) -> {
      if (!targets.equals(before.get(front))) {
        String chain = way.chain(targets);
        out.append("add chain %s %s\nflush chain %s %s\n".formatted(T, chain, T, chain));
        out.append(balancing(way, targets));
        add(out, way, front, targets);
      }
    });
  }

  /** Everything that does not depend on the services. */
  private String frame() {
    return """
    table ip argosy-services {
      map virtual { type ipv4_addr . inet_proto . inet_service : verdict; }
      map nodeports { type inet_proto . inet_service : verdict; }
      map outside { type inet_proto . inet_service : verdict; }
      map targets { type ipv4_addr . inet_proto . inet_service . mark : ipv4_addr . inet_service; }
      map nodeport-targets { type inet_proto . inet_service . mark : ipv4_addr . inet_service; }
      set beside { type ipv4_addr; }
      set loops { type ipv4_addr . ipv4_addr; }
      chain services {
        ip daddr . meta l4proto . th dport vmap @virtual
        ip daddr != %2$s fib daddr type local ip daddr != 127.0.0.0/8 jump node-ports
      }
      chain node-ports {
        ip saddr != %1$s fib saddr type != local meta l4proto . th dport vmap @outside
        meta l4proto . th dport vmap @nodeports
      }
      chain prerouting { type nat hook prerouting priority dstnat; policy accept; jump services; }
      chain output { type nat hook output priority -100; policy accept; jump services; }
      chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        ct status & dnat == dnat jump leaving
      }
      chain leaving {
        meta mark & %4$d == %4$d return
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
        .formatted(network.podRange(), network.serviceRange(), network.nodeAddress(), KEPT);
  }

  /** What has no endpoints leads nowhere. */
  private static String balancing(Way way, Targets targets) {
    int count = targets.all().size();
    String pick = (targets.sticky() ? "jhash ip saddr" : "numgen random") + " mod " + count;
    String offset = way.mark() == 0 ? "" : " offset " + way.mark();
    String key = (way == Way.VIRTUAL ? "ip daddr . " : "") + "meta l4proto . th dport . meta mark";
    String body =
        count == 0
            ? "drop"
            : "meta mark set %s%s\n    meta l4proto { tcp, udp, sctp } dnat ip to %s map @%s"
                .formatted(pick, offset, key, way.targets);
    return """
    table ip argosy-services {
      chain %s {
        %s
      }
    }
    """
        .formatted(way.chain(targets), body);
  }

  private static void add(StringBuilder out, Way way, Front front, Targets targets) {
    element(out, "add", way, front, targets);
    out.append(
        "add element %s %s { %s : goto %s }\n"
            .formatted(T, way.fronts, keyOf(front), way.chain(targets)));
  }

  private static void remove(StringBuilder out, Way way, Front front, Targets targets) {
    out.append("delete element %s %s { %s }\n".formatted(T, way.fronts, keyOf(front)));
    element(out, "delete", way, front, targets);
  }

  private static void element(
      StringBuilder out, String verb, Way way, Front front, Targets targets) {
    if (targets.all().isEmpty()) {
      return;
    }
    boolean values = verb.equals("add");
    out.append("%s element %s %s { ".formatted(verb, T, way.targets));
    int index = 0;
    for (Target target : targets.all()) {
      out.append(index == 0 ? "" : ", ").append(keyOf(front)).append(" . ");
      out.append(way.mark() + index++);
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

  private static String keyOf(Front front) {
    String port = front.protocol() + " . " + front.port();
    return front.address().isEmpty() ? port : front.address() + " . " + port;
  }
}
