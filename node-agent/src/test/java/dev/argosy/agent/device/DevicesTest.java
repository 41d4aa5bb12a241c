package dev.argosy.agent.device;

import static dev.argosy.agent.device.TestPlugin.RESOURCE;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.SetClock;
import dev.argosy.agent.device.Devices.Amount;
import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A real plug-in, and pods that want its devices. */
@Timeout(60)
final class DevicesTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final SetClock clock = new SetClock();
  private int refused;
  private Path plugins;
  private TestNode node;
  private Devices devices;
  private PluginRegistry registry;
  private TestPlugin plugin;

  @BeforeEach
  void start() throws Exception {
    runtime.images().add(IMAGE);
    plugins = data.resolve("dp");
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
    begin();
    plugin = new TestPlugin(plugins, "null.sock", true);
  }

  private void begin() throws Exception {
    devices = new Devices(data.resolve("devices.json"), runtime, clock);
    registry = new PluginRegistry(plugins, devices);
    node.gate = devices;
    node.devices = devices;
    node.restart();
  }

  /** As if the agent was killed; its plug-in registers when it sees the new socket. */
  private void restart() throws Exception {
    stopAgent();
    begin();
    plugin.close();
    plugin = new TestPlugin(plugins, "null.sock", true);
  }

  private void stopAgent() {
    registry.close();
    devices.close();
  }

  @AfterEach
  void stop() {
    node.close();
    plugin.close();
    stopAgent();
  }

  private void offered(int capacity, int allocatable) {
    Eventually.holds(
        () -> new Amount(capacity, allocatable).equals(devices.amounts().get(RESOURCE)));
  }

  private void offer(String... ids) throws Exception {
    plugin.register();
    plugin.offer(ids);
    Eventually.holds(() ->
        Optional.ofNullable(devices.amounts().get(RESOURCE))
            .filter(a -> a.capacity() == ids.length)
            .isPresent());
  }

  private static ObjectNode wanting(String name, int pieces) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    container(pod, 0).set("resources", resources(pieces));
    return pod;
  }

  private static ObjectNode resources(int pieces) {
    ObjectNode resources = Json.object();
    resources.putObject("limits").put(RESOURCE, Integer.toString(pieces));
    resources.putObject("requests").put(RESOURCE, Integer.toString(pieces));
    return resources;
  }

  private ObjectKey running(ObjectNode pod) {
    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    return key;
  }

  private ContainerSpec specOf(String pod) throws RuntimeFailure {
    for (Container one : runtime.containers(Map.of())) {
      if (one.name().contains("_" + pod + "_")) {
        return runtime.spec(one.id());
      }
    }
    throw new AssertionError("no container of " + pod);
  }

  private String refusal(int pieces) {
    JsonNode pod = node.awaitPhase(node.run(wanting("refused" + ++refused, pieces)), "Failed");
    return pod.at("/status/reason").asString("") + "|" + pod.at("/status/message").asString("");
  }

  @Test
  void theNodeHasWhatPluginsOfferAndGivesWhatIsHealthy() throws Exception {
    offer("n1", "n2", "n3");
    offered(3, 3);
    plugin.offer("n1", "!n2", "n3");
    offered(3, 2);
    plugin.close();
    offered(3, 0);
    clock.advance(Duration.ofMinutes(4));
    offered(3, 0);
    clock.advance(Duration.ofMinutes(2));
    offered(0, 0);
    plugin = new TestPlugin(plugins, "null.sock", false);
    offer("n1");
    offered(1, 1);
  }

  @Test
  void whoMayNotRegisterHearsWhy() {
    assertThatThrownBy(() -> plugin.register("v1alpha", RESOURCE))
        .hasMessage(
            "requested API version \"v1alpha\" is not supported by kubelet. Supported version is"
                + " \"v1beta1\"");
    for (String name :
        List.of("cpu", "kubernetes.io/x", "a.kubernetes.io/x", "requests.a.com/x", "a.com/", "")) {
      assertThatThrownBy(() -> plugin.register("v1beta1", name))
          .hasMessage("the ResourceName \"" + name + "\" is invalid");
    }
  }

  @Test
  void aPluginMayRegisterByTheFolderOfAllPlugins() throws Exception {
    Path socket = plugins.resolve("null.sock");
    assertThatThrownBy(() -> devices.register(RESOURCE, socket, List.of("v2")))
        .hasMessageContaining("\"v2\" is not supported");
    assertThatThrownBy(() -> devices.register("cpu", socket, List.of("v1beta1")))
        .hasMessageContaining("\"cpu\" is invalid");
    Path nobody = plugins.resolve("nobody.sock");
    assertThatThrownBy(() -> devices.register(RESOURCE, nobody, List.of("v1beta1")))
        .hasMessageContaining("GetDevicePluginOptions");
    devices.register(RESOURCE, socket, List.of("v1beta1"));
    plugin.offer("n1");
    offered(1, 1);
    running(wanting("first", 1));
    assertThat(plugin.started).containsExactly(List.of("n1"));
  }

  @Test
  void aContainerGetsWhatThePluginSaysAndAPodThatEndsGivesItBack() throws Exception {
    offer("n1", "n2", "n3");
    ObjectKey first = running(wanting("first", 2));
    ContainerSpec spec = specOf("first");
    assertThat(plugin.allocated).containsExactly(List.of("n2", "n3"));
    assertThat(plugin.started).as("as it prefers").containsExactly(List.of("n2", "n3"));
    assertThat(spec.env()).contains("NULLS=n2,n3");
    assertThat(spec.mounts()).contains(new ContainerSpec.Mount("/etc", "/etc/nulls", true));
    assertThat(spec.extras().devices())
        .containsExactlyInAnyOrder(
            new ContainerSpec.Extras.Device("/dev/null", "/dev/n2", "rw"),
            new ContainerSpec.Extras.Device("/dev/null", "/dev/n3", "rw"));
    assertThat(spec.extras().annotations()).containsEntry("example.com/nulls", "yes");
    assertThat(spec.extras().cdi()).containsExactly("example.com/null=all");
    assertThat(refusal(2))
        .isEqualTo(
            "UnexpectedAdmissionError|Pod was rejected: Allocate failed due to requested number of"
                + " devices unavailable for example.com/null. Requested: 2, Available: 1, which is"
                + " unexpected");
    node.delete(first);
    node.awaitGone(first);
    running(wanting("next", 3));
  }

  @Test
  void aPluginThatRefusesFailsThePodAndNothingIsTaken() throws Exception {
    offer("n1");
    plugin.trouble = "the device is on fire";
    assertThat(refusal(1))
        .isEqualTo(
            "UnexpectedAdmissionError|Pod was rejected: Allocate failed due to rpc error: code ="
                + " Internal desc = the device is on fire, which is unexpected");
    plugin.trouble = "";
    running(wanting("next", 1));
  }

  @Test
  void whatIsIllIsNotGivenAndWhoHasItKeepsIt() throws Exception {
    offer("n1", "n2");
    ObjectKey first = running(wanting("first", 1));
    plugin.offer("n1", "!n2");
    offered(2, 1);
    running(wanting("second", 1));
    plugin.offer("!n1", "!n2");
    offered(2, 0);
    assertThat(refusal(1))
        .contains("no healthy devices present; cannot allocate unhealthy devices " + RESOURCE);
    node.awaitReady(first);
  }

  @Test
  void initContainersLeaveTheirsToThoseAfterThem() throws Exception {
    offer("n1", "n2");
    ObjectNode pod = wanting("steps", 1);
    ObjectNode init = spec(pod).putArray("initContainers").addObject();
    init.put("name", "init").put("image", IMAGE).putArray("command").add("exit").add("0");
    init.put("imagePullPolicy", "IfNotPresent").set("resources", resources(2));
    running(pod);
    assertThat(plugin.allocated).hasSize(2);
    assertThat(plugin.allocated.get(1)).hasSize(1).isSubsetOf(plugin.allocated.get(0));
  }

  @Test
  void aKilledAgentGivesNoDeviceTwice() throws Exception {
    offer("n1", "n2");
    ObjectKey first = running(wanting("first", 1));
    restart();
    assertThat(devices.amounts()).containsEntry(RESOURCE, new Amount(0, 0));
    ObjectKey second = node.run(wanting("second", 1));
    offer("n1", "n2");
    node.awaitReady(second);
    assertThat(specOf("second").env()).isNotEqualTo(specOf("first").env());
    assertThat(refusal(1)).contains("Requested: 1, Available: 0");
    assertThat(plugin.allocated).as("the second pod's alone").hasSize(1);
    node.delete(first);
    node.awaitGone(first);
    running(wanting("third", 1));
  }

  @Test
  void itsNotesAreMadeAnewFromContainersIfTheyAreLost() throws Exception {
    offer("n1", "n2");
    running(wanting("first", 1));
    Files.writeString(data.resolve("devices.json"), "{\"pods\":");
    restart();
    offer("n1", "n2");
    ObjectKey second = running(wanting("second", 1));
    assertThat(specOf("second").env()).isNotEqualTo(specOf("first").env());
    assertThat(refusal(1)).contains("Requested: 1, Available: 0");
    assertThat(data.resolve("devices.json.corrupt")).exists();
    devices.follow(List.of());
    assertThat(refusal(1)).as("missed once").contains("Available: 0");
    devices.follow(List.of());
    running(wanting("third", 1));
    node.delete(second);
  }
}
