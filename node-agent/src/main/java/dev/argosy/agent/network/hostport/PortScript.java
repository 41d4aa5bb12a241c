package dev.argosy.agent.network.hostport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Words published ports for {@code nft -f}; pure.
 *
 * <p>Services go first (their chains have the lower priority): a pod that asks for a port which is
 * another's node port gets nothing that was meant for that one. A connection keeps its sender,
 * unless it comes back to the pod that began it, or comes from the machine's loopback, whose
 * addresses mean the pod's own there. Letting loopback addresses out to pods lets pods send to the
 * machine's loopback, too, so what comes in for loopback from elsewhere is dropped first of all.
 */
final class PortScript {

  private PortScript() {}

  /** Replaces whatever the table held, atomically; without ports there is no table. */
  static String of(String table, String nodeAddress, Map<String, PublishedPorts.Pod> pods) {
    String t = "ip " + table;
    StringBuilder out = new StringBuilder("table %s\ndelete table %s\n".formatted(t, t));
    List<String> everywhere = new ArrayList<>();
    List<String> bound = new ArrayList<>();
    TreeSet<String> loops = new TreeSet<>();
    pods.values()
        .forEach(pod -> {
          for (PortMapping one : pod.ports()) {
            HostPort front = one.front();
            String key = front.protocol() + " . " + front.port();
            String target = " : " + pod.address() + " . " + one.containerPort();
            if (front.address().isEmpty()) {
              everywhere.add(key + target);
            } else if (front.address().indexOf(':') < 0) {
              bound.add(front.address() + " . " + key + target);
            }
          }
          loops.add(pod.address() + " . " + pod.address());
        });
    if (everywhere.isEmpty() && bound.isEmpty()) {
      return out.toString();
    }
    out.append(frame(table, nodeAddress));
    elements(out, t + " everywhere", everywhere);
    elements(out, t + " bound", bound);
    elements(out, t + " loops", List.copyOf(loops));
    return out.toString();
  }

  private static void elements(StringBuilder out, String set, List<String> elements) {
    if (!elements.isEmpty()) {
      out.append("add element %s { %s }\n".formatted(set, String.join(", ", elements)));
    }
  }

  private static String frame(String table, String nodeAddress) {
    return """
    table ip %1$s {
      map everywhere { type inet_proto . inet_service : ipv4_addr . inet_service; }
      map bound { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
      set loops { type ipv4_addr . ipv4_addr; }
      chain guard {
        type filter hook prerouting priority raw; policy accept;
        iif != "lo" ip daddr 127.0.0.0/8 drop
      }
      chain ports {
        fib daddr type != local return
        meta l4proto { tcp, udp, sctp } dnat ip to ip daddr . meta l4proto . th dport map @bound
        meta l4proto { tcp, udp, sctp } dnat ip to meta l4proto . th dport map @everywhere
      }
      chain prerouting { type nat hook prerouting priority dstnat + 1; policy accept; jump ports; }
      chain output { type nat hook output priority -99; policy accept; jump ports; }
      chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        ct status & dnat == dnat jump leaving
      }
      chain leaving {
        ip saddr . ip daddr @loops snat to %2$s
        ip saddr 127.0.0.0/8 oif != "lo" snat to %2$s
      }
    }
    """
        .formatted(table, nodeAddress);
  }
}
