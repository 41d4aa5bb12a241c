package dev.argosy.agent.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.agent.network.dns.ClusterZone;
import dev.argosy.agent.network.dns.DnsServer;
import dev.argosy.agent.network.dns.InformedDirectory;
import dev.argosy.agent.network.dns.PodTenants;
import dev.argosy.agent.network.dns.Responder;
import dev.argosy.agent.network.dns.Upstream;
import dev.argosy.agent.network.service.RuleSet;
import dev.argosy.agent.network.service.ServiceNetwork;
import dev.argosy.agent.network.service.ServiceProxy;
import dev.argosy.agent.network.service.ServiceRules;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.informer.Informers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** ClusterIPs and DNS of one node, from start to close. The kernel's rules outlive it. */
public final class ServiceNetworking implements AutoCloseable {

  private static final Duration UPSTREAM_TIMEOUT = Duration.ofSeconds(2);

  /**
   * Addresses.
   *
   * @param node the name of this node
   * @param network ranges of services and pods, and the node's own address
   * @param apiServers address and port of the API servers, as pods of this node reach them
   * @param dnsAddress where pods ask; given to the loopback interface, for example 169.254.20.10
   * @param resolvConf names the resolvers for everything else, for example /etc/resolv.conf
   */
  public record Settings(
      String node,
      ServiceNetwork network,
      List<RuleSet.Target> apiServers,
      String dnsAddress,
      Path resolvConf) {

    public Settings {
      apiServers = List.copyOf(apiServers);
    }
  }

  private static final RuleSet.Front API = new RuleSet.Front("10.96.0.1", "tcp", 443);

  private final Informers informers;
  private final ServiceProxy proxy;
  private final DnsServer dns;

  private ServiceNetworking(Informers informers, ServiceProxy proxy, DnsServer dns) {
    this.informers = informers;
    this.proxy = proxy;
    this.dns = dns;
  }

  /**
   * Begins to serve.
   *
   * @param api may list and watch services and endpoint slices of all clusters
   * @throws IOException if the DNS address cannot be used, for example because another has it
   */
  public static ServiceNetworking start(ApiClient api, PodTenants tenants, Settings settings)
      throws IOException {
    addToLoopback(settings.dnsAddress());
    Informers informers = new Informers(api);
    ServiceProxy proxy =
        new ServiceProxy(
            informers,
            new ServiceRules(API, settings.apiServers(), settings.network()),
            settings.node(),
            List.of("nft"));
    Upstream upstream = Upstream.of(settings.resolvConf(), settings.dnsAddress(), UPSTREAM_TIMEOUT);
    Responder responder =
        new Responder(
            new ClusterZone(new InformedDirectory(informers)), tenants::clusterOf, upstream);
    try {
      InetAddress address = InetAddress.getByName(settings.dnsAddress());
      DnsServer dns = new DnsServer(new InetSocketAddress(address, 53), responder);
      proxy.start();
      return new ServiceNetworking(informers, proxy, dns);
    } catch (IOException e) {
      informers.close();
      throw new IOException(
          "cannot serve DNS on " + settings.dnsAddress() + ":53: " + e.getMessage(), e);
    }
  }

  private static void addToLoopback(String address) throws IOException {
    List<String> command = List.of("ip", "addr", "replace", address + "/32", "dev", "lo");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    dns.close();
    proxy.close();
    informers.close();
  }
}
