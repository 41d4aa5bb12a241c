package dev.argosy.agent;

import dev.argosy.agent.api.HttpApiClient;
import dev.argosy.agent.api.HttpConnection;
import dev.argosy.agent.join.JoinFailure;
import dev.argosy.agent.join.NodeCertificate;
import dev.argosy.agent.join.NodeCredentials;
import dev.argosy.agent.join.Tls;
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
import dev.argosy.agent.page.NodePages;
import dev.argosy.agent.plugin.PluginFolder;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.pod.admit.MachinePorts;
import dev.argosy.agent.pod.admit.NodeAbilities;
import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.pull.CredentialPlugins;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.pod.room.NodeSpace;
import dev.argosy.agent.pod.sync.PodNode;
import dev.argosy.agent.pod.sync.PodWorkers;
import dev.argosy.agent.resource.NodeResources;
import dev.argosy.agent.resource.Swap;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.tunnel.TunnelDialer;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.agent.use.UseReporter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.use.UseReport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of an agent, put together and running. */
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final String RULES = "argosy_pods";
  private static final String SERVICES = "10.96.0.0/12";
  private static final String DNS = "169.254.20.10";
  private static final int HTTPS = 443;

  private final AgentConfig config;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private EndOfPods endOfPods = () -> {};

  private Agent(AgentConfig config) {
    this.config = config;
  }

  /** Joins if need be, and begins to run pods. The API server and the engine may come later. */
  public static Agent start(AgentConfig config)
      throws JoinFailure, IOException, InterruptedException {
    Agent agent = new Agent(config);
    agent.begin();
    return agent;
  }

  public String node() {
    return config.node();
  }

  private void begin() throws JoinFailure, IOException, InterruptedException {
    Swap.check(config.resources(), KernelFiles.MACHINE.proc());
    Clock clock = Clock.systemUTC();
    Serving serving = new Serving(config, clock);
    Engine engine = serving.measured(Engine.of(config));
    ContainerRuntime runtime = opened(engine.runtime());
    lookAhead(runtime);
    Tls tls = Tls.trusting(config.caFile());
    NodeCredentials credentials =
        new NodeCredentials(
            config.server(), tls, config.data().resolve("pki"), config.node(), clock);
    NodeCertificate certificate = credentials.obtain(config.token());
    SSLContext first = tls.context(certificate);
    AtomicReference<SSLContext> identity = new AtomicReference<>(first);
    HttpConnection connection = opened(new HttpConnection(config.server(), first, ""));
    CountDownLatch stopped = new CountDownLatch(1);
    opened(stopped::countDown);
    Thread.ofVirtual()
        .name("certificate")
        .start(() ->
            credentials.renewForEver(
                certificate,
                connection,
                stopped,
                next -> {
                  SSLContext renewed = tls.context(next);
                  identity.set(renewed);
                  connection.replaceCredentials(renewed);
                }));
    HttpApiClient api = new HttpApiClient(connection);
    UseReporter use = opened(use(api, runtime, clock));
    NodePages pages = serving.pages(runtime, use);
    StorageDrivers storage = opened(new StorageDrivers(config, api, clock));
    opened(
            new TunnelDialer(
                List.of(config.server()),
                identity::get,
                serving.streams(runtime, pages, storage.door()),
                TunnelSettings.DEFAULT,
                RandomGenerator.getDefault()))
        .start();
    PodWorkers workers = run(api, engine, use, serving, storage, clock);
    pages.follow(workers::pods);
    use.start();
    opened(new PluginFolder(config.plugins(), Map.of(PluginInfo.CSI, storage.drivers()), clock))
        .start();
  }

  /**
   * Connects to the engine while the agent does so to the server: each takes some hundred
   * milliseconds at first, and the node is ready once it has both.
   */
  private static void lookAhead(ContainerRuntime runtime) {
    Thread.ofVirtual()
        .name("first-look")
        .start(() -> {
          try {
            runtime.info();
          } catch (RuntimeFailure notYet) {
            LOG.debug("the engine does not answer yet: {}", notYet.getMessage());
          }
        });
  }

  private UseReporter use(HttpApiClient api, ContainerRuntime runtime, Clock clock) {
    return new UseReporter(
        new UseReporter.Place(
            config.node(), runtime, KernelFiles.MACHINE, config.data().resolve("use.json")),
        report ->
            api.postTo(UseReport.PATH, report.toBytes())
                .map(answer -> answer.path("kept").asBoolean(false)),
        config.useInterval(),
        clock);
  }

  private PodWorkers run(
      ApiClient api,
      Engine engine,
      UseReporter use,
      Serving serving,
      StorageDrivers storage,
      Clock clock)
      throws IOException {
    ContainerRuntime runtime = engine.runtime();
    NodeFacts machine = NodeFacts.read(config.data());
    NodeFacts facts =
        machine.keeping(config.resources().kept(machine.memoryBytes(), machine.diskBytes()));
    NodeResources resources =
        opened(
            new NodeResources(
                config.resources(),
                new NodeResources.Place(
                    config.node(),
                    config.data(),
                    runtime,
                    KernelFiles.MACHINE,
                    facts.cpus(),
                    facts.memoryBytes()),
                clock));
    LateNetwork network = new LateNetwork();
    NodeNetworking networking =
        opened(
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
    NodeReporter reporter =
        opened(
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
    services(api, new PodTenants(runtime, network::address, clock));
    PodEvents events = opened(new PodEvents(api, config.node(), clock));
    String manifests = config.pods().manifests();
    PodWorkers workers =
        opened(
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
                        resources.checks(space)),
                    pulls(api, runtime, clock),
                    opened(new SystemTimers()),
                    serving.measures()),
                manifests.isEmpty() ? Optional.empty() : Optional.of(Path.of(manifests)),
                storage.volumes()));
    space.evictBy(workers::condemn);
    resources.start(
        workers,
        use::memory,
        opened(new EventRecorder(api, "kubelet", config.node(), clock)),
        serving::evicted);
    endOfPods =
        () -> {
          reporter.shutDown();
          workers.shutDown(config.pods().shutdownGrace());
        };
    return workers;
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
            config.data().resolve("images"), pulls.verification(), pulls.parallel(), plugins),
        clock);
  }

  /** Services and names; a node that cannot serve them still runs pods. */
  private void services(ApiClient api, PodTenants tenants) {
    try {
      opened(
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

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Gives pods their time to end, if the machine goes down; to be called before {@link #close}. */
  public void endPodsWithMachine() throws InterruptedException {
    if (!config.pods().shutdownGrace().none() && config.pods().machine().goesDown()) {
      System.out.println("argosy-agent: the machine goes down, pods are ended");
      endOfPods.run();
    }
  }

  /** What is done before the machine goes down. */
  private interface EndOfPods {
    void run() throws InterruptedException;
  }

  /** Stops the agent. Pods go on running. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("argosy-agent: while stopping: " + e);
      }
    }
  }
}
