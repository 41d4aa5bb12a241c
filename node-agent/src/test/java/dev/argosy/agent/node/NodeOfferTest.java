package dev.argosy.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.device.Devices.Amount;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node gives besides what its machine is: devices, and what somebody wrote into its status.
 */
final class NodeOfferTest {

  private static final long MI = 1L << 20;
  private static final NodeFacts FACTS =
      new NodeFacts(
          2,
          1000 * MI,
          5000 * MI,
          "amd64",
          "6",
          "Linux",
          "m",
          "b",
          Map.of("hugepages-2Mi", 0L),
          new Kept(100, 0, 0));

  private static ObjectNode status(String resource, String amount) {
    ObjectNode status = Json.object();
    status.putObject("allocatable").put(resource, amount).put("cpu", "64");
    status.putObject("capacity").put(resource, amount);
    return status;
  }

  @Test
  void theStatusHasDevicesAndKeepsWhatOthersWrote() {
    ObjectNode before = status("a.com/written", "5");
    before.withObject("capacity").put("a.com/device", "9");
    NodeHealth.Report health = new NodeHealth.Report(Optional.empty(), Set.of(), Optional.empty());
    ObjectNode now =
        new NodeStatus(new NodeIdentity("n", "192.0.2.1", "p"), FACTS, before, Instant.EPOCH)
            .of(health, List.of(), 1, Map.of("a.com/device", new Amount(3, 2)));
    assertThat(now.at("/capacity/a.com~1device").asString("")).isEqualTo("3");
    assertThat(now.at("/allocatable/a.com~1device").asString("")).isEqualTo("2");
    assertThat(now.at("/capacity/a.com~1written").asString("")).isEqualTo("5");
    assertThat(now.at("/allocatable/a.com~1written").asString("")).isEqualTo("5");
    assertThat(now.at("/capacity/cpu").asString("")).isEqualTo("2");
  }

  @Test
  void podsAreCountedAgainstTheMachineAndWhatOthersWroteButNotDevices() {
    Set<String> ofPlugins = new HashSet<>();
    NodeOffer offer = new NodeOffer(FACTS, () -> ofPlugins);
    assertThat(offer.get())
        .containsEntry("cpu", 1900L)
        .containsEntry("memory", 1000 * MI)
        .containsEntry("pods", 110L)
        .containsEntry("hugepages-2Mi", 0L)
        .doesNotContainKey("a.com/x");
    ObjectNode node = Json.object();
    node.set("status", status("a.com/x", "5"));
    offer.seen(node);
    assertThat(offer.get()).containsEntry("a.com/x", 5L).containsEntry("cpu", 1900L);
    ofPlugins.add("a.com/x");
    assertThat(offer.get()).doesNotContainKey("a.com/x");
  }
}
