package dev.argosy.agent;

import dev.argosy.agent.api.HttpApiClient;
import dev.argosy.agent.api.HttpConnection;
import dev.argosy.agent.heap.HeapRest;
import dev.argosy.agent.join.JoinFailure;
import dev.argosy.agent.join.NodeCertificate;
import dev.argosy.agent.join.NodeCredentials;
import dev.argosy.agent.join.Tls;
import dev.argosy.agent.page.NodePages;
import dev.argosy.agent.resource.Swap;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.tunnel.TunnelDialer;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.agent.use.UseReporter;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.use.UseReport;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of an agent, put together and running. */
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  private final AgentConfig config;
  private final Parts parts = new Parts();
  private final NodeDuties duties;

  private Agent(AgentConfig config) throws JoinFailure, IOException, InterruptedException {
    this.config = config;
    this.duties = begin();
  }

  /** Joins if need be, and begins to run pods. The API server and the engine may come later. */
  public static Agent start(AgentConfig config)
      throws JoinFailure, IOException, InterruptedException {
    return new Agent(config);
  }

  public String node() {
    return config.node();
  }

  private NodeDuties begin() throws JoinFailure, IOException, InterruptedException {
    Swap.check(config.resources(), KernelFiles.MACHINE.proc());
    Clock clock = Clock.systemUTC();
    Serving serving = new Serving(config, clock);
    Engine engine = serving.measured(Engine.of(config));
    ContainerRuntime runtime = parts.opened(engine.runtime());
    lookAhead(runtime);
    Tls tls = Tls.trusting(config.caFile());
    NodeCredentials credentials =
        new NodeCredentials(
            config.server(), tls, config.data().resolve("pki"), config.node(), clock);
    NodeCertificate certificate = credentials.obtain(config.token());
    SSLContext first = tls.context(certificate);
    AtomicReference<SSLContext> identity = new AtomicReference<>(first);
    HttpConnection connection = parts.opened(new HttpConnection(config.server(), first, ""));
    CountDownLatch stopped = new CountDownLatch(1);
    parts.opened(stopped::countDown);
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
    UseReporter use = parts.opened(use(api, runtime, clock));
    StorageDrivers storage = parts.opened(new StorageDrivers(config, api, clock));
    NodePages pages = serving.pages(runtime, use, storage.figures());
    parts
        .opened(
            new TunnelDialer(
                List.of(config.server()),
                identity::get,
                serving.streams(runtime, pages, storage.door()),
                TunnelSettings.DEFAULT,
                RandomGenerator.getDefault()))
        .start();
    NodeDuties begun =
        parts.opened(new NodeDuties(config, api, engine, use, serving, storage, clock));
    pages.follow(begun.workers()::pods);
    parts.opened(new HeapRest().start());
    use.start();
    return begun;
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

  /** Gives pods their time to end, if the machine goes down; to be called before {@link #close}. */
  public void endPodsWithMachine() throws InterruptedException {
    if (!config.pods().shutdownGrace().none() && config.pods().machine().goesDown()) {
      System.out.println("argosy-agent: the machine goes down, pods are ended");
      duties.endPods();
    }
  }

  /** Stops the agent. Pods go on running. */
  @Override
  public void close() {
    parts.close();
  }
}
