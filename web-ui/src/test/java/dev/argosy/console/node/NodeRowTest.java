package dev.argosy.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.layout.Health;
import dev.argosy.console.session.Resources;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeRowTest {

  @ParameterizedTest
  @CsvSource({
    "True, false, Ready, GOOD",
    "True, true, 'Ready, cordoned', WARNING",
    "False, false, Not ready, BAD",
    "Unknown, false, Unreachable, BAD"
  })
  void saysHowTheNodeIs(String ready, boolean cordoned, String state, Health health) {
    String json =
        """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"n1","labels":{"argosy.dev/pool":"gpu"}},
         "spec":{"unschedulable":%s},
         "status":{"conditions":[{"type":"Ready","status":"%s"}],
          "addresses":[{"type":"Hostname","address":"n1"},{"type":"InternalIP","address":"192.0.2.1"}]}}\
        """
            .formatted(cordoned, ready);
    ObjectKey key = new ObjectKey(Resources.NODES, "acme", "", "n1");
    NodeRow row = NodeRow.of(ApiObject.ofWire(key, 7, json.getBytes(StandardCharsets.UTF_8)));
    assertThat(row.state()).isEqualTo(state);
    assertThat(row.health()).isEqualTo(health);
    assertThat(row.pool()).isEqualTo("gpu");
    assertThat(row.address()).isEqualTo("192.0.2.1");
  }
}
