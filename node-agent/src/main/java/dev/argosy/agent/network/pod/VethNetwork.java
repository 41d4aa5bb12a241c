package dev.argosy.agent.network.pod;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.network.hostport.PublishedPorts;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A veth pair per pod. The pod's end has a /32 address and a default route to a link-local gateway;
 * the node's end has that gateway's address and a route to the pod. No bridge, so that all traffic
 * is routed and filtered in one place.
 */
public final class VethNetwork implements PodNetwork {

  private static final Logger LOG = LoggerFactory.getLogger(VethNetwork.class);
  private static final String GATEWAY = "169.254.1.1";

  private final AddressPool pool;
  private final String nodeIp;
  private final int mtu;
  private final PublishedPorts ports;

  /**
   * A network that knows the addresses it gave before.
   *
   * @param subnet the node's, for example {@code 10.244.3.0/24}
   * @param folder where addresses are kept
   * @param ports of the machine that lead to pods
   */
  public VethNetwork(String subnet, Path folder, String nodeIp, int mtu, PublishedPorts ports) {
    this.pool = new AddressPool(folder, Subnet.of(subnet));
    this.nodeIp = nodeIp;
    this.mtu = mtu;
    this.ports = ports;
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
  public Optional<String> publish(String podUid, List<PortMapping> wanted) {
    Optional<String> address = pool.address(podUid);
    if (wanted.isEmpty() || address.isEmpty()) {
      ports.withdraw(podUid);
      return Optional.empty();
    }
    fromLoopback(link(podUid));
    return ports.publish(podUid, address.get(), wanted);
  }

  /** Lets what the machine sends from a loopback address leave towards this pod. */
  private static void fromLoopback(String link) {
    Path setting = Path.of("/proc/sys/net/ipv4/conf", link, "route_localnet");
    try {
      if (!Files.readString(setting).startsWith("1")) {
        Files.writeString(setting, "1");
      }
    } catch (IOException e) {
      LOG.debug("host ports of {} do not work from loopback: {}", link, e.toString());
    }
  }

  @Override
  public void release(String podUid) {
    ports.withdraw(podUid);
    if (pool.address(podUid).isPresent()) {
      Commands.run(List.of("ip", "link", "del", link(podUid)));
      pool.release(podUid);
    }
  }

  @Override
  public void sweep(Predicate<String> known) {
    pool.pods().stream().filter(known.negate()).forEach(this::release);
    ports.sweep();
  }
}
