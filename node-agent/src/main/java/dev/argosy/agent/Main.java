package dev.argosy.agent;

import dev.argosy.agent.join.JoinFailure;
import dev.argosy.agent.resource.ResourceOptions;
import dev.argosy.agent.service.AgentVersion;
import dev.argosy.agent.service.ServiceManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The agent's command line. Ends with 0 when it was stopped or has joined, 2 for bad options, 3 if
 * the machine could not join, 4 if its data folder cannot be used.
 */
@Command(
    name = "argosy-agent",
    mixinStandardHelpOptions = true,
    subcommands = Join.class,
    versionProvider = AgentVersion.class,
    description = "Runs this machine as a node of an Argosy platform.")
public final class Main implements Callable<Integer> {

  static final int JOIN_FAILED = 3;
  static final int DATA_FAILED = 4;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_SERVER:-}",
      description = "the API's address, https://HOST:6443 (ARGOSY_SERVER)")
  String server = "";

  @Option(
      names = "--ca",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_CA:-}",
      description =
          "file with the certificate of the platform's authority; default: the one kept when the"
              + " machine joined (ARGOSY_CA)")
  String ca = "";

  @Option(
      names = "--token",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_TOKEN:-}",
      description = "join token, needed the first time (ARGOSY_TOKEN)")
  String token = "";

  @Option(
      names = "--node",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_NODE:-}",
      description = "the node's name; default: the host name (ARGOSY_NODE)")
  String node = "";

  @Option(
      names = "--node-ip",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_NODE_IP:-}",
      description = "the node's address; default: that of the route to the server (ARGOSY_NODE_IP)")
  String nodeIp = "";

  @Option(
      names = "--pool",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_POOL:-default}",
      description = "the node pool to join (ARGOSY_POOL)")
  String pool = "default";

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_DATA:-/var/lib/argosy-agent}",
      description = "data folder; default: ${DEFAULT-VALUE} (ARGOSY_DATA)")
  Path data = Path.of("/var/lib/argosy-agent");

  @Option(
      names = "--plugins-registry",
      defaultValue = "${env:ARGOSY_PLUGINS_REGISTRY:-}",
      description =
          "folder in which plug-ins of the node register; default: plugins_registry in the data"
              + " folder (ARGOSY_PLUGINS_REGISTRY)")
  String plugins = "";

  @Option(
      names = "--docker",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:ARGOSY_DOCKER:-unix:///var/run/docker.sock}",
      description = "Docker's socket; default: ${DEFAULT-VALUE} (ARGOSY_DOCKER)")
  String docker = "unix:///var/run/docker.sock";

  @Option(
      names = "--runtime-endpoint",
      defaultValue = "${env:ARGOSY_RUNTIME_ENDPOINT:-}",
      description =
          "run pods by this CRI runtime instead of Docker, for example"
              + " unix:///run/containerd/containerd.sock (ARGOSY_RUNTIME_ENDPOINT)")
  String runtimeEndpoint = "";

  @Option(
      names = "--pod-cidr",
      defaultValue = "${env:ARGOSY_POD_CIDR:-}",
      description = "the node's pod subnet; default: what the control plane gives")
  String podCidr = "";

  @Option(
      names = "--cluster-cidr",
      defaultValue = "${env:ARGOSY_CLUSTER_CIDR:-10.244.0.0/16}",
      description = "addresses of all pods; default: ${DEFAULT-VALUE}")
  String clusterCidr = "10.244.0.0/16";

  @Option(
      names = "--mtu",
      defaultValue = "${env:ARGOSY_MTU:-1400}",
      description = "MTU of the pods' links; default: ${DEFAULT-VALUE}")
  int mtu = 1400;

  @Option(
      names = "--use-interval",
      defaultValue = "${env:ARGOSY_USE_INTERVAL:-15}",
      description =
          "seconds between two reports of what pods use, 5 to 60; default: ${DEFAULT-VALUE}"
              + " (ARGOSY_USE_INTERVAL)")
  int useInterval = 15;

  @Mixin PodOptions podOptions = new PodOptions();
  @Mixin ResourceOptions resources = new ResourceOptions();

  public static void main(String[] arguments) {
    readLogging();
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  private static void readLogging() {
    try (InputStream settings = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(settings);
    } catch (IOException e) {
      System.err.println("argosy-agent: logging as Java's defaults say: " + e);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!makeData()) {
      return DATA_FAILED;
    }
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> awaitStop(stop, stopped, 15 + podOptions.shutdownGrace)));
    try (Agent agent = Agent.start(config())) {
      System.out.println("argosy-agent: node " + agent.node() + " runs");
      ServiceManager.of(System.getenv()).ready(agent.node());
      stop.await();
      agent.endPodsWithMachine();
      return 0;
    } catch (JoinFailure e) {
      System.err.println("argosy-agent: " + e.getMessage());
      return JOIN_FAILED;
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("argosy-agent: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } finally {
      stopped.countDown();
    }
  }

  /** Whether the data folder is there; if not, it is told why. */
  boolean makeData() {
    try {
      Files.createDirectories(data);
      return true;
    } catch (IOException e) {
      System.err.println(
          "argosy-agent: cannot use the data folder "
              + data
              + ": "
              + e
              + "\n  run as root, or give another one with --data");
      return false;
    }
  }

  private static void awaitStop(CountDownLatch stop, CountDownLatch stopped, int seconds) {
    stop.countDown();
    try {
      if (!stopped.await(seconds, java.util.concurrent.TimeUnit.SECONDS)) {
        System.err.println("argosy-agent: did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The API's address; whoever does not say it gets told how to. */
  URI server() {
    if (server.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing: --server https://HOST:6443");
    }
    try {
      URI uri = URI.create(server);
      if (uri.getHost() != null && "https".equals(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new ParameterException(
        spec.commandLine(), "--server is https://HOST:6443, not \"" + server + "\"");
  }

  /** The file of the authority's certificate. */
  Path ca() {
    Path kept = pki().resolve("ca.crt");
    if (ca.isEmpty() && !Files.exists(kept)) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing: --ca FILE; or join first: argosy-agent join --server "
              + server
              + " --token TOKEN --ca-hash sha256:HASH");
    }
    return ca.isEmpty() ? kept : Path.of(ca);
  }

  /** Where the node's certificate is kept, and that of the authority. */
  Path pki() {
    return data.toAbsolutePath().resolve("pki");
  }

  String nodeName() throws IOException {
    String name = node.isEmpty() ? InetAddress.getLocalHost().getHostName() : node;
    return name.toLowerCase(Locale.ROOT);
  }

  private AgentConfig config() throws IOException {
    return new AgentConfig(
        server(),
        ca(),
        token,
        nodeName(),
        nodeIp.isEmpty() ? ownAddress() : nodeIp,
        pool,
        data.toAbsolutePath(),
        plugins.isEmpty() ? data.toAbsolutePath().resolve("plugins_registry") : Path.of(plugins),
        docker,
        runtimeEndpoint,
        podCidr,
        clusterCidr,
        mtu,
        Duration.ofSeconds(useInterval),
        podOptions.settings(),
        resources.settings());
  }

  /** The address that the kernel would use to reach the server, or the outside. */
  private String ownAddress() throws IOException {
    InetAddress towards = InetAddress.getByName(server().getHost());
    String own = source(towards);
    return towards.isLoopbackAddress() ? source(InetAddress.getByName("192.0.2.1")) : own;
  }

  private static String source(InetAddress towards) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(towards, 9);
      return socket.getLocalAddress().getHostAddress();
    }
  }
}
