package dev.argosy.bench.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.patch.MergePatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What status a pod gets next; each step is merged into the pod, as the API does. */
class PodLifeTest {

  private static final ObjectKey KEY = new ObjectKey(Plane.PODS, "acme", "default", "web");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private Script script = Script.PROMPT;
  private ObjectNode pod = pod("");

  private static ObjectNode pod(String annotations) {
    return Objects.json(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"default",\
        "uid":"1-2-3","annotations":{%s}},"spec":{"nodeName":"node-0","containers":[\
        {"name":"c","image":"demo:1"}]}}\
        """
            .formatted(annotations));
  }

  private Step next() {
    ApiObject object = ApiObject.ofWire(KEY, 1, Json.canonical(pod.deepCopy()));
    return new PodLife(object, script, now)
        .next(new PodWords(object, "192.0.2.1", "10.1.0.1", now));
  }

  private JsonNode report() {
    Step step = next();
    assertThat(step).isInstanceOf(Step.Report.class);
    ObjectNode body = Json.object();
    body.set("status", ((Step.Report) step).status());
    pod = (ObjectNode) MergePatch.apply(pod, body);
    return pod.path("status");
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private static String ready(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("");
      }
    }
    return "";
  }

  @Test
  void runsAndIsReadyAtOnce() {
    JsonNode status = report();
    assertThat(status.path("phase").asString("")).isEqualTo("Running");
    assertThat(ready(status)).isEqualTo("True");
    assertThat(status.path("podIP").asString("")).isEqualTo("10.1.0.1");
    assertThat(status.at("/containerStatuses/0/state/running/startedAt").asString(""))
        .isEqualTo(START.toString());
    assertThat(next()).isEqualTo(Step.REST);
  }

  @Test
  void waitsFirstIfItIsToldTo() {
    pod =
        pod(
            "\"simulator.argosy.dev/start-after\":\"5s\",\"simulator.argosy.dev/ready-after\":\"3\"");
    assertThat(report().at("/containerStatuses/0/state/waiting/reason").asString(""))
        .isEqualTo("ContainerCreating");
    assertThat(next()).isEqualTo(new Step.Wait(Duration.ofSeconds(5)));
    pass(5);
    assertThat(ready(report())).isEqualTo("False");
    assertThat(next()).isEqualTo(new Step.Wait(Duration.ofSeconds(3)));
    pass(3);
    JsonNode status = report();
    assertThat(ready(status)).isEqualTo("True");
    assertThat(status.at("/containerStatuses/0/state/running/startedAt").asString(""))
        .isEqualTo(START.plusSeconds(5).toString());
    assertThat(next()).isEqualTo(Step.REST);
  }

  @Test
  void isNeverReadyIfItIsToldTo() {
    pod = pod("\"simulator.argosy.dev/ready-after\":\"never\"");
    assertThat(ready(report())).isEqualTo("False");
    pass(100_000);
    assertThat(next()).isEqualTo(Step.REST);
  }

  @Test
  void anImageThatIsMissingNeverRuns() {
    script = script.withMissing(Set.of("demo:1"));
    JsonNode status = report();
    assertThat(status.path("phase").asString("")).isEqualTo("Pending");
    assertThat(ready(status)).isEqualTo("False");
    assertThat(status.at("/containerStatuses/0/state/waiting/reason").asString(""))
        .isEqualTo("ErrImagePull");
    pass(10);
    assertThat(report().at("/containerStatuses/0/state/waiting/reason").asString(""))
        .isEqualTo("ImagePullBackOff");
    pass(100_000);
    assertThat(next()).isEqualTo(Step.REST);
  }

  @Test
  void runsOnceAMissingImageIsReplaced() {
    script = script.withMissing(Set.of("demo:1"));
    report();
    ((ObjectNode) pod.at("/spec/containers/0")).put("image", "demo:2");
    assertThat(report().path("phase").asString("")).isEqualTo("Running");
  }

  @ParameterizedTest
  @CsvSource({
    "Never, fail-after, Failed, 1",
    "Never, succeed-after, Succeeded, 0",
    "OnFailure, succeed-after, Succeeded, 0"
  })
  void endsByScript(String policy, String how, String phase, int code) {
    pod = pod("\"simulator.argosy.dev/" + how + "\":\"7s\"");
    pod.withObject("spec").put("restartPolicy", policy);
    report();
    assertThat(next()).isEqualTo(new Step.Wait(Duration.ofSeconds(7)));
    pass(7);
    JsonNode status = report();
    assertThat(status.path("phase").asString("")).isEqualTo(phase);
    assertThat(ready(status)).isEqualTo("False");
    assertThat(status.at("/containerStatuses/0/state/terminated/exitCode").asInt(-1))
        .isEqualTo(code);
    assertThat(next()).isEqualTo(Step.REST);
  }

  @Test
  void isStartedAgainWithGrowingPauses() {
    pod =
        pod("\"simulator.argosy.dev/fail-after\":\"1s\",\"simulator.argosy.dev/exit-code\":\"42\"");
    report();
    for (int restarts = 0; restarts < 3; restarts++) {
      pass(1);
      JsonNode crashed = report();
      assertThat(crashed.path("phase").asString("")).isEqualTo("Running");
      assertThat(crashed.at("/containerStatuses/0/state/waiting/reason").asString(""))
          .isEqualTo("CrashLoopBackOff");
      assertThat(crashed.at("/containerStatuses/0/lastState/terminated/exitCode").asInt(-1))
          .isEqualTo(42);
      int pause = 10 << restarts;
      assertThat(next()).isEqualTo(new Step.Wait(Duration.ofSeconds(pause)));
      pass(pause);
      JsonNode again = report();
      assertThat(again.at("/containerStatuses/0/restartCount").asInt(-1)).isEqualTo(restarts + 1);
      assertThat(again.at("/containerStatuses/0/lastState/terminated/exitCode").asInt(-1))
          .isEqualTo(42);
    }
  }

  @Test
  void goesAtOnceWhenDeleted() {
    report();
    delete(30);
    assertThat(next()).isEqualTo(new Step.Remove());
  }

  @Test
  void takesItsTimeToStopButNoMoreThanItsGrace() {
    pod = pod("\"simulator.argosy.dev/stop-after\":\"20s\"");
    report();
    delete(30);
    assertThat(next()).isEqualTo(new Step.Wait(Duration.ofSeconds(20)));
    delete(5);
    assertThat(next()).isEqualTo(new Step.Wait(Duration.ofSeconds(5)));
    pass(5);
    assertThat(next()).isEqualTo(new Step.Remove());
  }

  private void delete(int grace) {
    pod.withObject("metadata")
        .put("deletionTimestamp", now.plusSeconds(grace).toString())
        .put("deletionGracePeriodSeconds", grace);
  }

  @Test
  void keepsConditionsOfOthers() {
    pod.withObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "example.com/seen")
        .put("status", "True");
    assertThat(report().path("conditions").valueStream().map(c -> c.path("type").asString("")))
        .contains("example.com/seen", "Ready");
  }

  @Test
  void readinessGatesKeepItUnreadyUntilTheyOpen() {
    pod.withObject("spec")
        .putArray("readinessGates")
        .addObject()
        .put("conditionType", "example.com/gate");
    assertThat(ready(report())).isEqualTo("False");
    assertThat(next()).isEqualTo(Step.REST);
    condition("example.com/gate", "True");
    assertThat(ready(report())).isEqualTo("True");
    assertThat(next()).isEqualTo(Step.REST);
  }

  @Test
  void isReadyAgainAfterItsNodeWasThoughtLost() {
    report();
    condition("Ready", "False");
    assertThat(ready(report())).isEqualTo("True");
    assertThat(next()).isEqualTo(Step.REST);
  }

  private void condition(String type, String status) {
    ArrayNode conditions = pod.withObject("status").withArray("conditions");
    conditions.removeIf(c -> c.path("type").asString("").equals(type));
    conditions.addObject().put("type", type).put("status", status);
  }
}
