package dev.argosy.agent.fault;

import dev.argosy.agent.api.HttpApiClient;
import dev.argosy.agent.api.HttpConnection;
import dev.argosy.agent.csi.CsiNodeReport;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.door.ControllerDoor;
import dev.argosy.agent.csi.driver.Script;
import dev.argosy.agent.csi.driver.TestDriver;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.fault.AgentOnFake.World;
import dev.argosy.agent.join.NodeCredentials;
import dev.argosy.agent.join.Tls;
import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.streaming.Checkpoints;
import dev.argosy.agent.streaming.PodStreams;
import dev.argosy.agent.tunnel.TunnelDialer;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.tunnel.TunnelSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node for tests of a whole server: it has joined, and dials as an agent does; a storage driver
 * runs on it that really mounts, and may die and come back. Only the containers are played.
 */
public final class DriverNode implements AutoCloseable {

  public static final String NAME = AgentOnFake.NODE;

  /** What its pods run. */
  public static final String IMAGE = "busybox:1";

  private final Path home;
  private final Path data;
  private final HttpConnection connection;
  private final Drivers drivers = new Drivers(this::changed);
  private final CsiNodeReport report;
  private final CsiVolumes volumes;
  private final TunnelDialer tunnel;
  private final AgentOnFake agent;
  private TestDriver driver;

  /**
   * Joins, tells of itself, and begins to run pods.
   *
   * @param caFile of who signed the server's certificate
   * @param token by which it may join
   * @param folder empty
   */
  public DriverNode(URI server, Path caFile, String token, Path folder) throws Exception {
    this.home = Files.createDirectories(folder.resolve("driver"));
    this.data = Files.createDirectories(folder.resolve("data")).toRealPath();
    Clock clock = Clock.systemUTC();
    Tls tls = Tls.trusting(caFile);
    SSLContext identity =
        tls.context(
            new NodeCredentials(server, tls, data.resolve("pki"), NAME, clock).obtain(token));
    this.connection = new HttpConnection(server, identity, "");
    HttpApiClient api = new HttpApiClient(connection);
    ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
    node.putObject("metadata")
        .put("name", NAME)
        .putObject("labels")
        .put("argosy.dev/pool", "default");
    ObjectKey key =
        api.create(ResourceScope.cluster(NodeIdentity.NODES, NodeIdentity.ROOT), node)
            .orThrow()
            .key();
    api.patch(key, "status", Patch.merge(status())).orThrow();
    this.report = new CsiNodeReport(api, NAME, drivers::all, clock);
    this.volumes = new CsiVolumes(api, NAME, data, drivers, clock);
    FakeRuntime runtime = new FakeRuntime(clock);
    runtime.images().add(IMAGE);
    this.tunnel =
        new TunnelDialer(
            List.of(server),
            () -> identity,
            new PodStreams(
                runtime,
                path -> Optional.empty(),
                new Checkpoints(runtime, folder.resolve("checkpoints"), clock),
                new ControllerDoor(drivers)),
            TunnelSettings.DEFAULT,
            RandomGenerator.getDefault());
    Path groups = folder.resolve("groups");
    Files.createDirectories(groups.resolve("cpu"));
    this.agent = new AgentOnFake(new World(runtime, api, new KeptNetwork(), data, groups), volumes);
    report.start();
    tunnel.start();
    driverComes();
  }

  private void changed() {
    report.changed();
  }

  private static ObjectNode status() {
    ObjectNode patch = Json.object();
    ObjectNode status = patch.putObject("status");
    for (String size : List.of("capacity", "allocatable")) {
      status.putObject(size).put("cpu", "4").put("memory", "4Gi").put("pods", "50");
    }
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    return patch;
  }

  private PluginInfo plugin() {
    return new PluginInfo(
        PluginInfo.CSI,
        TestDriver.NAME,
        home.resolve("csi.sock"),
        List.of("1.0.0"),
        home.resolve("reg.sock"));
  }

  /** Its process ends; what it has stays on its disk. */
  public void driverGoes() {
    drivers.gone(plugin());
    driver.close();
  }

  /** Another one takes over. */
  public void driverComes() throws Exception {
    driver = new TestDriver(home.resolve("csi.sock"), home.resolve("volumes"), NAME);
    drivers.registered(plugin());
  }

  /** Of the driver that runs now. */
  public Script script() {
    return driver.script();
  }

  /** The handles of the driver's volumes, and where each is attached; empty if nowhere. */
  public Map<String, String> volumes() {
    return driver.places();
  }

  /** Where its volumes are mounted. */
  public List<Path> mounted() throws IOException {
    return MountTable.read().below(data).stream()
        .map(MountTable.Entry::target)
        .filter(path -> path.toString().contains("csi"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    agent.close();
    volumes.close();
    tunnel.close();
    report.close();
    connection.close();
    drivers.close();
    driver.close();
    new Mounter().unmountBelow(data);
  }
}
