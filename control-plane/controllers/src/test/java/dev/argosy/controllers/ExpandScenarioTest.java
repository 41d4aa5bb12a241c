package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.FakeDriver.Failure;
import dev.argosy.controllers.runtime.Kinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Claims that ask for more than they have. */
class ExpandScenarioTest {

  private final TestCluster cluster = new TestCluster();
  private final CsiObjects csi = new CsiObjects(cluster);

  @BeforeEach
  void driver() {
    csi.csiNode("node-1");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void bound(String annotations) {
    csi.driver(annotations, "");
    csi.bound("data", "ReadWriteOnce");
    cluster.await(
        "binding", () -> CsiObjects.text(claim(), "/status/capacity/storage").equals("1Gi"));
  }

  private JsonNode claim() {
    return cluster.get(Kinds.VOLUME_CLAIMS, "data");
  }

  private void ask(String size) {
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "data",
        "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"%s\"}}}}".formatted(size));
  }

  private String stage() {
    return CsiObjects.text(claim(), "/status/allocatedResourceStatuses/storage");
  }

  private List<String> conditions() {
    List<String> types = new ArrayList<>();
    claim().at("/status/conditions").forEach(c -> types.add(CsiObjects.text(c, "/type")));
    return types;
  }

  @Test
  void the_driver_makes_it_larger_and_the_node_does_the_rest() {
    bound("'argosy.dev/controller':'platform'");
    ask("3Gi");
    cluster.await("the stage", () -> stage().equals("NodeResizePending"));
    assertThat(conditions()).containsExactly("FileSystemResizePending");
    assertThat(CsiObjects.text(csi.volume("data"), "/spec/capacity/storage")).isEqualTo("3Gi");
    assertThat(CsiObjects.text(claim(), "/status/capacity/storage")).isEqualTo("1Gi");
    JsonNode request = cluster.driver.calls("ControllerExpandVolume").getFirst().request();
    assertThat(request.at("/capacityRange/requiredBytes").asLong(0)).isEqualTo(3L << 30);
    cluster.crash();
    cluster.elapse(Duration.ofSeconds(10));
    assertThat(cluster.driver.calls("ControllerExpandVolume")).hasSize(1);
    assertThat(conditions()).containsExactly("FileSystemResizePending");
  }

  @Test
  void what_may_work_later_is_tried_again() {
    bound("'argosy.dev/controller':'platform'");
    cluster.driver.setFailure(call -> new Failure("UNAVAILABLE", false));
    ask("3Gi");
    cluster.await("tries", () -> cluster.driver.calls("ControllerExpandVolume").size() > 2);
    assertThat(stage()).isEqualTo("ControllerResizeInProgress");
    assertThat(conditions()).containsExactly("Resizing");
    cluster.driver.setFailure(call -> new Failure("", false));
    cluster.await("the stage", () -> stage().equals("NodeResizePending"));
  }

  @Test
  void what_cannot_be_is_not_tried_again_until_something_else_is_asked_for() {
    bound("'argosy.dev/controller':'platform'");
    cluster.driver.setFailure(call -> new Failure("OUT_OF_RANGE", false));
    ask("3Gi");
    cluster.await("the stage", () -> stage().equals("ControllerResizeInfeasible"));
    cluster.elapse(Duration.ofMinutes(2));
    assertThat(cluster.driver.calls("ControllerExpandVolume")).hasSize(1);
    cluster.driver.setFailure(call -> new Failure("", false));
    ask("2Gi");
    cluster.await("the stage", () -> stage().equals("NodeResizePending"));
    assertThat(CsiObjects.text(csi.volume("data"), "/spec/capacity/storage")).isEqualTo("2Gi");
  }

  @Test
  void drivers_of_others_are_left_to_them() {
    bound("");
    ask("3Gi");
    cluster.await(
        "the event",
        () ->
            csi.events()
                .contains(
                    "ExternalExpanding: waiting for an external controller to expand this PVC"));
    assertThat(cluster.driver.calls("ControllerExpandVolume")).isEmpty();
    assertThat(claim().at("/metadata/annotations").toString())
        .contains("\"volume.kubernetes.io/storage-resizer\":\"disk.example.com\"");
  }
}
