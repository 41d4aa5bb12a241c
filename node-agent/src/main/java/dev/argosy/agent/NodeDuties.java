package dev.argosy.agent;

import dev.argosy.agent.network.ServiceNetworking;
import dev.argosy.agent.network.dns.PodTenants;
import dev.argosy.agent.network.pod.LateNetwork;
import dev.argosy.agent.network.pod.NodeNetworking;
import dev.argosy.agent.network.service.RuleSet;
import dev.argosy.agent.network.service.ServiceNetwork;
import dev.argosy.agent.node.NodeFacts;
import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.node.NodeOffer;
import dev.argosy.agent.node.NodeReporter;
import dev.argosy.agent.plugin.PluginFolder;
import dev.argosy.agent.plugin.PluginHandler;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.pod.admit.MachinePorts;
import dev.argosy.agent.pod.admit.NodeAbilities;
import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.grant.NodeGrants;
import dev.argosy.agent.pod.pull.CredentialPlugins;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.pod.room.NodeSpace;
import dev.argosy.agent.pod.sync.PodNode;
import dev.argosy.agent.pod.sync.PodWorkers;
import dev.argosy.agent.resource.NodeResources;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.agent.use.UseReporter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.time.SystemTimers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node does for its pods, put together and running. */
final class NodeDuties implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeDuties.class);
  private static final String RULES = "argosy_pods";
  private static final String SERVICES = "10.96.0.0/12";
  private static final String DNS = "169.254.20.10";
  private static final int HTTPS = 443;

  private final AgentConfig config;
  private final Parts parts = new Parts();
  private final NodeReporter reporter;
  private final PodWorkers workers;

  /** Begins with all of them. */
  NodeDuties(
      AgentConfig config,
      ApiClient api,
      Engine engine,
      UseReporter use,
      Serving serving,
      StorageDrivers storage,
      Clock clock)
      throws IOException {
    this.config = config;
    SystemTimers timers = parts.opened(new SystemTimers());
    ContainerRuntime runtime = engine.runtime();
    NodeFacts machine = NodeFacts.read(config.data());
    NodeFacts facts =
        machine.keeping(config.resources().kept(machine.memoryBytes(), machine.diskBytes()));
    NodeResources resources =
        parts.opened(
            new NodeResources(
                config.resources(),
                new NodeResources.Place(
                    config.node(),
                    config.data(),
                    runtime,
                    KernelFiles.MACHINE,
                    facts.cpus(),
                    facts.memoryBytes()),
                timers.steady()));
    LateNetwork network = new LateNetwork();
    NodeNetworking networking =
        parts.opened(
            new NodeNetworking(
                network,
                new NodeNetworking.Settings(
                    config.node(),
                    config.nodeIp(),
                    config.podSubnet(),
                    config.clusterSubnet(),
                    config.mtu(),
                    config.data().resolve("addresses"),
                    RULES)));
    NodeOffer offer = new NodeOffer(facts, resources.devices()::resources);
    this.reporter =
        parts.opened(
            new NodeReporter(
                api,
                new NodeIdentity(config.node(), config.nodeIp(), config.pool()),
                facts,
                runtime,
                network,
                resources::pressure,
                resources.devices()::amounts,
                clock,
                node -> {
                  offer.seen(node);
                  networking.nodeSeen(node);
                }));
    NodeSpace space = new NodeSpace(offer);
    resources.devices().onChange(reporter::soon);
    reporter.start();
    networking.followPeers(api);
    services(api, new PodTenants(runtime, network::address, timers.steady()));
    PodEvents events = parts.opened(new PodEvents(api, config.node(), clock));
    String manifests = config.pods().manifests();
    this.workers =
        parts.opened(
            new PodWorkers(
                new PodNode(
                    config.node(),
                    config.nodeIp(),
                    engine.name(),
                    config.data(),
                    api,
                    runtime,
                    network,
                    events,
                    new PodNode.NodeSize(facts.allocatableCpu(), facts.allocatableMemory()),
                    resources.groups(),
                    resources.extras(),
                    new PodAdmission(
                        NodeAbilities.ofMachine(config.pods().unsafeSysctls()),
                        MachinePorts.OF_MACHINE,
                        resources.checks(space),
                        new NodeGrants(api, config.node(), timers.steady())),
                    pulls(api, runtime, clock),
                    timers,
                    serving.measures()),
                manifests.isEmpty() ? Optional.empty() : Optional.of(Path.of(manifests)),
                storage.volumes()));
    space.evictBy(workers::condemn);
    resources.start(
        workers,
        use::memory,
        parts.opened(new EventRecorder(api, "kubelet", config.node(), clock)),
        serving::evicted);
    listenForPlugins(resources, storage, timers.steady());
  }

  private ImagePulls pulls(ApiClient api, ContainerRuntime runtime, Clock clock)
      throws IOException {
    PodSettings.Pulls pulls = config.pods().pulls();
    CredentialPlugins plugins =
        pulls.pluginFile().isEmpty()
            ? CredentialPlugins.none(clock)
            : CredentialPlugins.of(
                Path.of(pulls.pluginFile()), Path.of(pulls.pluginFolder()), clock);
    return new ImagePulls(
        runtime.images(),
        api,
        new ImagePulls.Settings(
            ImagePulls.folder(config.data()), pulls.verification(), pulls.parallel(), plugins),
        clock);
  }

  /** Services and names; a node that cannot serve them still runs pods. */
  private void services(ApiClient api, PodTenants tenants) {
    try {
      parts.opened(
          ServiceNetworking.start(
              api,
              tenants,
              new ServiceNetworking.Settings(
                  config.node(),
                  new ServiceNetwork(SERVICES, config.clusterSubnet(), config.nodeIp()),
                  List.of(apiServer()),
                  DNS,
                  Path.of("/etc/resolv.conf"))));
    } catch (IOException e) {
      LOG.warn("services and DNS of pods do not work on this node: {}", e.getMessage());
    }
  }

  /** The API server as pods of this node reach it: its loopback is not theirs. */
  private RuleSet.Target apiServer() throws IOException {
    InetAddress host = InetAddress.getByName(config.server().getHost());
    int port = config.server().getPort();
    return new RuleSet.Target(
        host.isLoopbackAddress() ? config.nodeIp() : host.getHostAddress(),
        port < 0 ? HTTPS : port);
  }

  /** Plug-ins of one folder, each for whom it is. */
  private void listenForPlugins(NodeResources resources, StorageDrivers storage, Clock clock) {
    Map<String, PluginHandler> handlers =
        Map.of(PluginInfo.CSI, storage.drivers(), PluginInfo.DEVICE, resources.devices().handler());
    parts.opened(new PluginFolder(config.plugins(), handlers, clock)).start();
  }

  PodWorkers workers() {
    return workers;
  }

  /** Gives pods their time to end, since the machine goes down. */
  void endPods() throws InterruptedException {
    reporter.shutDown();
    workers.shutDown(config.pods().shutdownGrace());
  }

  @Override
  public void close() {
    parts.close();
  }
}
