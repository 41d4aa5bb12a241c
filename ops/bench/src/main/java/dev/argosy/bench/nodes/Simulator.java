package dev.argosy.bench.nodes;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.time.SystemTimers;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Nodes at a platform, from {@link #start} until {@link #stop}. Whatever concerns root is done as
 * each node's agent, so with its rights; a pod in a tenant's cluster is written with the
 * kubeconfig's own, since nobody can act as a node there.
 */
public final class Simulator implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final String ROOT = "root";

  private final SystemTimers timers = new SystemTimers();
  private final HttpClient http;
  private final FakeNodes nodes;
  private final FakeKubelets kubelets;
  private final int count;

  private Simulator(HttpClient http, HttpExchange exchange, Options options) throws Refusal {
    this.http = http;
    this.count = options.nodes();
    ApiClient own = new HttpApi(exchange);
    Function<String, ApiClient> agents = node -> new HttpApi(exchange.as(node));
    List<NodeWords> words =
        IntStream.range(0, count).mapToObj(number -> words(number, options)).toList();
    Map<String, String> addresses = new HashMap<>();
    words.forEach(node -> addresses.put(node.name(), node.ip()));
    this.nodes = new FakeNodes(words, agents, own, timers);
    this.kubelets =
        new FakeKubelets(
            own,
            (node, cluster) -> cluster.equals(ROOT) ? agents.apply(node) : own,
            addresses,
            options.script(),
            timers);
  }

  private static NodeWords words(int number, Options options) {
    return new NodeWords(
        options.prefix() + "-" + number,
        "10.250." + number / 250 + "." + (number % 250 + 1),
        "zone-" + number % options.zones(),
        options.pool(),
        options.room());
  }

  /**
   * Registers the nodes; they live from now on.
   *
   * @throws Refusal if the platform cannot be reached, or does not allow it; what was registered is
   *     taken away again if it can be
   */
  static Simulator start(Kubeconfig config, Options options) throws Refusal, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(config.tls())
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    Simulator simulator =
        new Simulator(http, new HttpExchange(http, config.server(), config.token(), ""), options);
    try {
      simulator.nodes.register();
      return simulator;
    } catch (Refusal e) {
      simulator.stop();
      throw e;
    }
  }

  /** One line about how it goes. */
  String summary() {
    String trouble = kubelets.trouble().orElseGet(nodes::trouble);
    return String.format(
        "%d nodes, %d pods bound, %d statuses written, %d heartbeats (%d left out)%s",
        count,
        kubelets.bound(),
        kubelets.written(),
        nodes.beats(),
        nodes.missed(),
        trouble.isEmpty() ? "" : "; " + trouble);
  }

  /** Takes the nodes away; answers why one could not be. */
  Optional<String> stop() throws InterruptedException {
    try {
      return nodes.remove();
    } finally {
      close();
    }
  }

  /** As a crash: the nodes stay, and fall silent. */
  @Override
  public void close() throws InterruptedException {
    nodes.close();
    kubelets.close();
    timers.close();
    http.shutdownNow();
  }

  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      Options options = Options.of(args);
      Kubeconfig config = Kubeconfig.read(options.kubeconfig());
      Simulator simulator = start(config, options);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(simulator)));
      System.out.println(options.nodes() + " nodes are registered; Ctrl-C takes them away");
      CountDownLatch never = new CountDownLatch(1);
      while (!never.await(LOOK.toSeconds(), TimeUnit.SECONDS)) {
        System.out.println(simulator.summary());
      }
    } catch (Refusal e) {
      System.err.println("nodes: " + e.getMessage());
      System.exit(e.usage ? 2 : 1);
    }
  }

  private static void end(Simulator simulator) {
    try {
      System.out.println("takes the nodes away");
      simulator
          .stop()
          .ifPresent(why ->
              System.err.println(
                  "nodes: not all nodes are gone: "
                      + why
                      + "; kubectl delete nodes -l argosy.dev/simulated=true"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
