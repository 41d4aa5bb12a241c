package dev.argosy.console.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.layout.Health;
import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeploymentRowTest {

  private static DeploymentRow row(String metadata, String spec, String status) {
    String json =
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"%s},
         "spec":{%s"template":{"spec":{"containers":[{"image":"a:1"},{"image":"b:2"}]}}},
         "status":{%s}}\
        """
            .formatted(metadata, spec, status);
    ObjectKey key = new ObjectKey(Resources.DEPLOYMENTS, "acme", "default", "web");
    return DeploymentRow.of(ApiObject.ofWire(key, 7, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void isHealthyWhenAllReplicasAreReadyAndUpToDate() {
    DeploymentRow row =
        row("", "\"replicas\":2,", "\"replicas\":2,\"readyReplicas\":2,\"updatedReplicas\":2");
    assertThat(row.health()).isEqualTo(Health.GOOD);
    assertThat(row.state()).isEqualTo("Healthy");
    assertThat(row.images()).containsExactly("a:1", "b:2");
  }

  @Test
  void wantsOneReplicaWhenTheSpecNamesNone() {
    assertThat(row("", "", "").desired()).isEqualTo(1);
  }

  @Test
  void isRollingOutWhileReplicasAreOld() {
    DeploymentRow row =
        row("", "\"replicas\":2,", "\"replicas\":2,\"readyReplicas\":2,\"updatedReplicas\":1");
    assertThat(row.health()).isEqualTo(Health.BUSY);
    assertThat(row.state()).isEqualTo("Rolling out");
  }

  @Test
  void isStuckWhenItsProgressFailed() {
    DeploymentRow row =
        row("", "", "\"conditions\":[{\"type\":\"Progressing\",\"status\":\"False\"}]");
    assertThat(row.health()).isEqualTo(Health.BAD);
    assertThat(row.state()).isEqualTo("Stuck");
  }

  @Test
  void saysThatItIsBeingDeleted() {
    DeploymentRow row = row(",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"", "", "");
    assertThat(row.state()).isEqualTo("Deleting");
  }

  @Test
  void isContentWithZeroReplicas() {
    assertThat(row("", "\"replicas\":0,", "").state()).isEqualTo("Scaled to zero");
  }
}
