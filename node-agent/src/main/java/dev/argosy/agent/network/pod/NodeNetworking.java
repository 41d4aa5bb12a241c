package dev.argosy.agent.network.pod;

import dev.argosy.agent.network.hostport.PublishedPorts;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Begins the pod network once the node has a subnet, and keeps rules and routes in place. */
public final class NodeNetworking implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeNetworking.class);
  private static final ResourceScope ALL_NODES =
      ResourceScope.cluster(new GroupResource("", "nodes"), "root");
  private static final int ROUNDS_BETWEEN_RULES = 6;

  /**
   * What it must know.
   *
   * @param podSubnet overrides what the API says; empty to take that
   * @param addresses folder for the pods' addresses
   * @param table nftables table of its own
   */
  public record Settings(
      String node,
      String nodeIp,
      String podSubnet,
      String clusterSubnet,
      int mtu,
      Path addresses,
      String table) {}

  /** A node of which this one needs a route. */
  private record Peer(String name, String subnet, String ip) {
    static Peer of(ApiObject node) {
      JsonNode tree = node.tree();
      String ip = "";
      for (JsonNode address : tree.path("status").path("addresses")) {
        if (address.path("type").asString("").equals("InternalIP")) {
          ip = address.path("address").asString("");
        }
      }
      return new Peer(node.name(), tree.path("spec").path("podCIDR").asString(""), ip);
    }
  }

  private final LateNetwork network;
  private final Settings settings;
  private final PeerRoutes routes = new PeerRoutes();
  private @Nullable NodeRules rules;
  private @Nullable Informer<Peer> peers;
  private int rounds;

  public NodeNetworking(LateNetwork network, Settings settings) {
    this.network = network;
    this.settings = settings;
  }

  /** Called with this node's object again and again; also the beat for putting rules back. */
  public synchronized void nodeSeen(JsonNode node) {
    if (rules == null) {
      String given = node.path("spec").path("podCIDR").asString("");
      String subnet = settings.podSubnet().isEmpty() ? given : settings.podSubnet();
      if (!subnet.isEmpty()) {
        begin(subnet);
      }
    } else if (++rounds % ROUNDS_BETWEEN_RULES == 0) {
      rules.apply();
    }
  }

  private void begin(String subnet) {
    NodeRules now = new NodeRules(settings.clusterSubnet(), subnet, settings.table());
    now.apply();
    rules = now;
    network.begin(
        new VethNetwork(
            subnet,
            settings.addresses(),
            settings.nodeIp(),
            settings.mtu(),
            new PublishedPorts(
                List.of("nft"), settings.table() + "_host_ports", settings.nodeIp())));
    LOG.info("pods of this node live in {}", subnet);
  }

  /** Keeps routes to the pods of other nodes. */
  public synchronized void followPeers(ApiClient api) {
    Informer<Peer> nodes = new Informer<>(api, InformerSpec.of(ALL_NODES, Peer::of));
    peers = nodes;
    nodes.onChange(any -> routes.set(wanted(nodes)));
  }

  private Map<String, String> wanted(Informer<Peer> nodes) {
    Map<String, String> wanted = new HashMap<>();
    for (Peer peer : nodes.all()) {
      boolean usable = !peer.subnet().isEmpty() && !peer.ip().isEmpty();
      boolean other = !peer.name().equals(settings.node()) && !peer.ip().equals(settings.nodeIp());
      if (usable && other) {
        wanted.put(peer.subnet(), peer.ip());
      }
    }
    return wanted;
  }

  @Override
  public synchronized void close() {
    if (peers != null) {
      peers.close();
    }
  }
}
