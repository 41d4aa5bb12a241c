package dev.argosy.agent.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.argosy.agent.csi.driver.TestDriver;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.plugin.PluginRefusal;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CsiNodeReportTest {

  private static final ObjectKey NODE =
      new ObjectKey(new GroupResource("", "nodes"), "root", "", "n1");
  private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
  private static final ObjectKey CSI_NODE = new ObjectKey(CSI_NODES, "root", "", "n1");
  private static final String TOPOLOGY = "topology.disk.example.com/node";

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final ApiClient api = new FakeApi(timers.clock(), "root").client();
  private final Drivers drivers = new Drivers(() -> {});
  private final CsiNodeReport report = new CsiNodeReport(api, "n1", drivers::all, timers.clock());
  @TempDir private Path folder;
  private TestDriver served;
  private PluginInfo plugin;

  @BeforeEach
  void register() throws Exception {
    ObjectNode node = json("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'}}");
    api.create(ResourceScope.cluster(NODE.resource(), "root"), node).orThrow();
    Path socket = folder.resolve("csi.sock");
    served = new TestDriver(socket, folder.resolve("volumes"), "id-of-n1");
    plugin =
        new PluginInfo(
            PluginInfo.CSI, TestDriver.NAME, socket, List.of("1.0.0"), folder.resolve("reg"));
    drivers.registered(plugin);
  }

  @AfterEach
  void close() {
    report.close();
    drivers.close();
    served.close();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  private JsonNode csiNode() {
    return api.get(CSI_NODE).orThrow().tree();
  }

  private JsonNode labels() {
    return api.get(NODE).orThrow().tree().at("/metadata/labels");
  }

  private void patchLabels(String labels) {
    api.patch(NODE, "", Patch.merge(json("{'metadata':{'labels':%s}}".formatted(labels))))
        .orThrow();
  }

  @Test
  void driversStandInTheCsiNodeAndTheirTopologyInLabels() {
    assertThat(report.write()).isTrue();
    assertThat(csiNode().at("/spec/drivers/0").toString())
        .isEqualTo(
            "{\"name\":\"disk.example.com\",\"nodeID\":\"id-of-n1\",\"topologyKeys\":[\"%s\"],"
                    .formatted(TOPOLOGY)
                + "\"allocatable\":{\"count\":16}}");
    assertThat(csiNode().at("/metadata/ownerReferences/0/uid").asString(""))
        .isEqualTo(api.get(NODE).orThrow().meta().uid());
    assertThat(labels().path(TOPOLOGY).asString("")).isEqualTo("id-of-n1");
  }

  @Test
  void oneThatIsGoneIsTakenOutWithItsLabels() {
    report.write();
    timers.advance(Duration.ofMinutes(1));
    drivers.gone(plugin);
    assertThat(report.write()).isTrue();
    assertThat(csiNode().at("/spec/drivers")).isEmpty();
    assertThat(labels().has(TOPOLOGY)).isFalse();
  }

  @Test
  void afterARestartDriversHaveTimeToComeBack() throws PluginRefusal {
    report.write();
    drivers.gone(plugin);
    timers.advance(Duration.ofSeconds(5));
    report.write();
    assertThat(csiNode().at("/spec/drivers")).hasSize(1);
    drivers.registered(plugin);
    timers.advance(Duration.ofMinutes(1));
    report.write();
    assertThat(csiNode().at("/spec/drivers")).hasSize(1);
  }

  @Test
  void whatADriverSaysAnewReplacesWhatItSaid() throws Exception {
    report.write();
    served.close();
    served = new TestDriver(folder.resolve("csi.sock"), folder.resolve("volumes"), "other-id");
    drivers.registered(plugin);
    assertThat(report.write()).isTrue();
    assertThat(csiNode().at("/spec/drivers")).hasSize(1);
    assertThat(csiNode().at("/spec/drivers/0/nodeID").asString("")).isEqualTo("other-id");
  }

  @Test
  void labelsThatSomebodyElseSetStay() {
    patchLabels("{'%s':'elsewhere'}".formatted(TOPOLOGY));
    assertThat(report.write()).isTrue();
    assertThat(labels().path(TOPOLOGY).asString("")).isEqualTo("elsewhere");
  }

  @Test
  void withoutANodeItIsTriedAgain() {
    CsiNodeReport other = new CsiNodeReport(api, "n2", drivers::all, timers.clock());
    assertThat(other.write()).isFalse();
    other.close();
  }

  @Test
  void aNodeWithoutDriversHasNoCsiNode() {
    drivers.gone(plugin);
    timers.advance(Duration.ofMinutes(1));
    assertThat(report.write()).isTrue();
    assertThat(api.get(CSI_NODE).orAbsent()).isEmpty();
  }

  @Test
  void aDriverOfAnotherVersionIsRefused() {
    PluginInfo old =
        new PluginInfo(
            PluginInfo.CSI,
            "old.example.com",
            plugin.endpoint(),
            List.of("0.3.0"),
            plugin.socket());
    assertThat(catchThrowable(() -> drivers.registered(old)))
        .isInstanceOf(PluginRefusal.class)
        .hasMessage("this node speaks CSI 1.x, the driver [0.3.0]");
  }

  @Test
  void ofTwoInstancesTheOlderOneGoesAlone() throws PluginRefusal {
    PluginInfo newer =
        new PluginInfo(
            PluginInfo.CSI,
            TestDriver.NAME,
            plugin.endpoint(),
            List.of("1.0.0"),
            folder.resolve("newer"));
    drivers.registered(newer);
    drivers.gone(plugin);
    assertThat(drivers.find(TestDriver.NAME)).isPresent();
    drivers.gone(newer);
    assertThat(drivers.find(TestDriver.NAME)).isEmpty();
  }
}
