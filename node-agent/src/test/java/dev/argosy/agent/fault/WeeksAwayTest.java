package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.driver.TestDriver;
import dev.argosy.agent.csi.volume.CsiVolumes;
import dev.argosy.agent.fault.AgentOnFake.World;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A node that is away so long that its pods and their volumes have been deleted meanwhile. */
@Timeout(60)
final class WeeksAwayTest {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");

  @TempDir private Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", "acme");
  private final Drivers drivers = new Drivers(() -> {});
  private World world;
  private TestDriver driver;

  @BeforeEach
  void open() throws Exception {
    runtime.images().add("busybox:1");
    Files.createDirectories(folder.resolve("groups/cpu"));
    Path data = Files.createDirectories(folder.resolve("data")).toRealPath();
    world = new World(runtime, api.client(), new KeptNetwork(), data, folder.resolve("groups"));
    Path socket = folder.resolve("csi.sock");
    driver = new TestDriver(socket, folder.resolve("volumes"), AgentOnFake.NODE);
    drivers.registered(
        new PluginInfo(
            PluginInfo.CSI, TestDriver.NAME, socket, List.of("1.0.0"), folder.resolve("reg.sock")));
    create(
        "root",
        new GroupResource("storage.k8s.io", "csidrivers"),
        "{'metadata':{'name':'disk.example.com'},'spec':{'attachRequired':false}}");
  }

  @AfterEach
  void close() throws Exception {
    drivers.close();
    driver.close();
    new Mounter().unmountBelow(world.data());
  }

  private AgentOnFake agent() throws Exception {
    return new AgentOnFake(
        world,
        new CsiVolumes(api.client(), AgentOnFake.NODE, world.data(), drivers, Clock.systemUTC()));
  }

  private ApiObject create(String cluster, GroupResource resource, String object) {
    ResourceScope scope =
        resource.equals(CLAIMS)
            ? ResourceScope.namespace(resource, cluster, "default")
            : ResourceScope.cluster(resource, cluster);
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(object.replace('\'', '"'));
    return api.client().create(scope, tree).orThrow();
  }

  private ObjectKey run() {
    String handle = driver.make("pv-1", 8 << 20);
    ApiObject claim =
        create("acme", CLAIMS, "{'metadata':{'name':'data'},'spec':{'volumeName':'pv-1'}}");
    ObjectNode bound = Json.object();
    bound.putObject("status").put("phase", "Bound");
    api.client().patch(claim.key(), "status", Patch.merge(bound)).orThrow();
    create(
        "acme",
        VOLUMES,
        ("{'metadata':{'name':'pv-1'},'spec':{'capacity':{'storage':'8Mi'},"
                + "'accessModes':['ReadWriteOnce'],'claimRef':{'uid':'%s'},"
                + "'csi':{'driver':'disk.example.com','volumeHandle':'%s'}}}")
            .formatted(claim.meta().uid(), handle));
    ObjectNode pod = pod("db", "busybox:1", "wait");
    spec(pod).put("nodeName", AgentOnFake.NODE);
    spec(pod)
        .putArray("volumes")
        .addObject()
        .put("name", "v")
        .putObject("persistentVolumeClaim")
        .put("claimName", "data");
    container(pod, 0).putArray("volumeMounts").addObject().put("name", "v").put("mountPath", "/v");
    ResourceScope pods = ResourceScope.namespace(PODS, "acme", "default");
    return api.client().create(pods, pod).orThrow().key();
  }

  private List<Path> mounted() throws Exception {
    return MountTable.read().below(world.data()).stream().map(MountTable.Entry::target).toList();
  }

  private void delete(ObjectKey key) {
    String uid = api.client().get(key).orThrow().meta().uid();
    api.client().delete(key, DeleteOptions.now(uid)).orThrow();
  }

  @Test
  void whatIsLeftOnItIsTakenAwayWhenItIsBack() throws Exception {
    ObjectKey pod;
    try (AgentOnFake _ = agent()) {
      pod = run();
      assertThat(
              api.await(
                  () -> condition(api.client().get(pod).orThrow().tree(), "Ready").equals("True")))
          .isTrue();
      assertThat(mounted()).hasSize(2);
    }
    delete(pod);
    delete(new ObjectKey(CLAIMS, "acme", "default", "data"));
    delete(new ObjectKey(VOLUMES, "acme", "", "pv-1"));
    driver.script().fail("NodeUnpublishVolume", Code.NOT_FOUND, "no such volume");
    driver.script().fail("NodeUnstageVolume", Code.NOT_FOUND, "no such volume");
    try (AgentOnFake _ = agent()) {
      Eventually.holds(() -> mounted().isEmpty() && runtime.containers(Map.of()).isEmpty());
      Eventually.holds(() -> empty(world.data().resolve("pods")));
    }
    assertThat(driver.script().methods()).contains("NodeUnpublishVolume", "NodeUnstageVolume");
  }

  private static boolean empty(Path folder) throws Exception {
    try (var all = Files.list(folder)) {
      return all.findAny().isEmpty();
    }
  }
}
