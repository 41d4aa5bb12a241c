package dev.argosy.agent.network.hostport;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ports of the machine that lead to this node's pods. The table is written as a whole when
 * something changes; it stays in the kernel while the agent is away. Any thread.
 */
public final class PublishedPorts {

  /** What a pod has. */
  record Pod(String address, List<PortMapping> ports) {
    Pod {
      ports = List.copyOf(ports);
    }
  }

  private final List<String> nft;
  private final String table;
  private final String nodeAddress;
  private final Map<String, Pod> pods = new TreeMap<>();

  /** What went wrong the last time; then it is tried again with the next call. */
  private Optional<String> wrong = Optional.empty();

  private boolean written;
  private int sweeps;

  /**
   * Nothing is published yet.
   *
   * @param nft how to run nft, for example {@code nft}, or within a namespace
   * @param table nftables table of its own
   * @param nodeAddress what pods see as the sender where they cannot see the true one
   */
  public PublishedPorts(List<String> nft, String table, String nodeAddress) {
    this.nft = List.copyOf(nft);
    this.table = table;
    this.nodeAddress = nodeAddress;
  }

  /**
   * Leads ports to a pod, if they do not lead there yet.
   *
   * @return what went wrong, or leads nowhere; empty if they lead there now
   */
  public synchronized Optional<String> publish(
      String uid, String address, List<PortMapping> ports) {
    Pod wanted = new Pod(address, ports);
    if (!wanted.equals(pods.get(uid)) || wrong.isPresent()) {
      pods.put(uid, wanted);
      apply();
    }
    return wrong.isPresent() ? wrong : nowhere(ports);
  }

  /** Pods have addresses of IPv4, to which nothing leads from IPv6. */
  private static Optional<String> nowhere(List<PortMapping> ports) {
    return ports.stream()
        .map(PortMapping::front)
        .filter(front -> front.address().indexOf(':') >= 0)
        .findFirst()
        .map(front ->
            "hostIP %s of port %d is an address of IPv6, and the pod's is of IPv4"
                .formatted(front.address(), front.port()));
  }

  /** Takes a pod's ports back, if it has any. */
  public synchronized void withdraw(String uid) {
    if (pods.remove(uid) != null) {
      apply();
    }
  }

  /**
   * Comes again and again. The table may still name pods of an agent before this one: those that
   * run have published their ports anew when this comes the second time.
   */
  public synchronized void sweep() {
    if (++sweeps > 1 && (!written || wrong.isPresent())) {
      apply();
    }
  }

  private void apply() {
    written = true;
    List<String> command = new ArrayList<>(nft);
    command.addAll(List.of("-f", "-"));
    Outcome outcome = Commands.run(command, PortScript.of(table, nodeAddress, pods));
    wrong = outcome.ok() ? Optional.empty() : Optional.of(outcome.output());
  }
}
