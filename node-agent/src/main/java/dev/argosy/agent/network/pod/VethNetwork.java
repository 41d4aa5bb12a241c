package dev.argosy.agent.network.pod;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A veth pair per pod. The pod's end has a /32 address and a default route to a link-local gateway;
 * the node's end has that gateway's address and a route to the pod. No bridge, so that all traffic
 * is routed and filtered in one place.
 */
public final class VethNetwork implements PodNetwork {

  private static final String GATEWAY = "169.254.1.1";

  private final AddressPool pool;
  private final String nodeIp;
  private final int mtu;

  /**
   * A network that knows the addresses it gave before.
   *
   * @param subnet the node's, for example {@code 10.244.3.0/24}
   * @param folder where addresses are kept
   */
  public VethNetwork(String subnet, Path folder, String nodeIp, int mtu) {
    this.pool = new AddressPool(folder, Subnet.of(subnet));
    this.nodeIp = nodeIp;
    this.mtu = mtu;
  }

  @Override
  public Optional<String> notReady() {
    return Optional.empty();
  }

  @Override
  public String attach(String podUid, Sandbox sandbox) throws NetworkFailure {
    String address = pool.take(podUid);
    String link = link(podUid);
    if (connected(link, address, sandbox)) {
      return address;
    }
    Commands.run(List.of("ip", "link", "del", link));
    batch(
        List.of("ip", "-batch", "-"),
        "link add %s mtu %d type veth peer name eth0 mtu %d netns %d"
            .formatted(link, mtu, mtu, sandbox.pid()),
        "addr add %s/32 dev %s".formatted(GATEWAY, link),
        "link set %s up".formatted(link),
        "route replace %s/32 dev %s%s".formatted(address, link, source()));
    batch(
        inside(sandbox, "ip", "-batch", "-"),
        "link set lo up",
        "addr replace %s/32 dev eth0".formatted(address),
        "link set eth0 up",
        "route replace %s dev eth0 scope link".formatted(GATEWAY),
        "route replace default via %s dev eth0".formatted(GATEWAY));
    return address;
  }

  /** What the node itself sends to pods comes from its own address, unless that is loopback. */
  private String source() {
    return nodeIp.startsWith("127.") ? "" : " src " + nodeIp;
  }

  /**
   * Both ends are looked at: the link of a sandbox that has just died is still there for a moment.
   */
  private static boolean connected(String link, String address, Sandbox sandbox) {
    Outcome routes = Commands.run(List.of("ip", "route", "show", address + "/32", "dev", link));
    if (!routes.ok() || !routes.output().startsWith(address)) {
      return false;
    }
    Outcome inside =
        Commands.run(inside(sandbox, "ip", "route", "show", "default", "via", GATEWAY));
    return inside.ok() && inside.output().startsWith("default");
  }

  private static List<String> inside(Sandbox sandbox, String... command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", "" + sandbox.pid(), "-n"));
    all.addAll(List.of(command));
    return all;
  }

  private static void batch(List<String> command, String... lines) throws NetworkFailure {
    Outcome outcome = Commands.run(command, String.join("\n", lines) + "\n");
    if (!outcome.ok()) {
      throw new NetworkFailure("cannot connect the pod: " + outcome.output());
    }
  }

  /** Interface names have at most 15 characters. */
  static String link(String podUid) {
    return "ag" + podUid.replace("-", "").substring(0, 12);
  }

  @Override
  public Optional<String> address(String podUid) {
    return pool.address(podUid);
  }

  @Override
  public void release(String podUid) {
    if (pool.address(podUid).isPresent()) {
      Commands.run(List.of("ip", "link", "del", link(podUid)));
      pool.release(podUid);
    }
  }
}
