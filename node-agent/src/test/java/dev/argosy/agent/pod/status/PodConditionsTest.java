package dev.argosy.agent.pod.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PodConditionsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Sandbox SANDBOX = new Sandbox("s", "s", Map.of(), NOW, 7);
  private static final String POD =
      """
      {"metadata":{"name":"p","namespace":"default","uid":"u"},
       "spec":{"restartPolicy":"Always",
               "initContainers":[{"name":"side","image":"i:1","restartPolicy":"Always"}],
               "containers":[{"name":"main","image":"i:1"}]}}
      """;

  private static PodView pod() {
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, POD.getBytes(StandardCharsets.UTF_8)));
  }

  private static Container running(String name) {
    Map<String, String> labels =
        Map.of(PodLabels.CONTAINER, name, PodLabels.ATTEMPT, "0", Observed.SANDBOX, "s");
    return new Container(
        name,
        name,
        labels,
        "i:1",
        "sha256:1",
        ContainerSpec.Limits.NONE,
        false,
        new Container.Running(NOW, 1));
  }

  private static JsonNode ready(Set<String> ready) {
    Set<String> all = Set.of("side", "main");
    Recall recall = new Recall(Map.of(), Map.of(), Map.of(), ready, all, PodSizes.UNKNOWN);
    Observed observed = new Observed(List.of(SANDBOX), List.of(running("side"), running("main")));
    PodSituation situation =
        new PodSituation(pod(), observed, recall, "10.0.0.1", "10.0.0.2", "fake", Map.of(), NOW);
    return new PodConditions(situation)
        .all()
        .valueStream()
        .filter(c -> c.path("type").asString("").equals("Ready"))
        .findFirst()
        .orElseThrow();
  }

  /** Clients of the pod need its sidecars, too. */
  @Test
  void aPodIsNotReadyBeforeItsSidecars() {
    JsonNode waits = ready(Set.of("main"));
    assertThat(waits.path("status").asString("")).isEqualTo("False");
    assertThat(waits.path("message").asString(""))
        .isEqualTo("containers with unready status: [side]");
    assertThat(ready(Set.of()).path("message").asString(""))
        .isEqualTo("containers with unready status: [side main]");
    assertThat(ready(Set.of("side", "main")).path("status").asString("")).isEqualTo("True");
  }
}
