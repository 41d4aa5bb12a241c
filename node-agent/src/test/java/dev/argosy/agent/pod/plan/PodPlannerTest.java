package dev.argosy.agent.pod.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodPlannerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Sandbox SANDBOX = new Sandbox("s", "s", Map.of(), NOW, 7);

  private static PodView pod(String policy, String deletion) {
    String json =
        """
        {"metadata":{"name":"p","namespace":"default","uid":"u"%s},
         "spec":{"restartPolicy":"%s","containers":[{"name":"main","image":"i:1"}]}}
        """
            .formatted(deletion, policy);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Container main(Container.State state, int attempt, int step) {
    return new Container(
        "c" + attempt,
        "c" + attempt,
        Map.of(
            PodLabels.CONTAINER,
            "main",
            PodLabels.ATTEMPT,
            Integer.toString(attempt),
            Observed.STEP,
            Integer.toString(step),
            Observed.SANDBOX,
            "s"),
        "i:1",
        "sha256:1",
        ContainerSpec.Limits.NONE,
        false,
        state);
  }

  private static Container exited(int code, int attempt, int step, Duration ago) {
    Instant at = NOW.minus(ago);
    return main(new Container.Exited(at.minusSeconds(1), at, code, false, ""), attempt, step);
  }

  private static Plan plan(PodView pod, Container... containers) {
    Observed observed = new Observed(List.of(SANDBOX), List.of(containers));
    return PodPlanner.plan(pod, observed, Recall.NOTHING, NOW);
  }

  @Test
  void aNewPodGetsItsSandboxFirst() {
    Observed nothing = new Observed(List.of(), List.of());
    assertThat(PodPlanner.plan(pod("Always", ""), nothing, Recall.NOTHING, NOW).actions())
        .containsExactly(new Action.StartSandbox(0));
  }

  @Test
  void aPodThatRanIsMadeAnewThoughItsSandboxIsGone() {
    Observed left = new Observed(List.of(), List.of(exited(137, 0, 0, Duration.ZERO)));
    assertThat(PodPlanner.plan(pod("Always", ""), left, Recall.NOTHING, NOW).actions())
        .containsExactly(new Action.StartSandbox(1));
  }

  @Test
  void aRunningPodIsLeftAlone() {
    Plan plan = plan(pod("Always", ""), main(new Container.Running(NOW, 1), 0, 0));
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.lookAgain()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Always, 0, true",
    "Always, 1, true",
    "OnFailure, 0, false",
    "OnFailure, 1, true",
    "Never, 0, false",
    "Never, 1, false"
  })
  void thePolicyDecidesAboutRestarts(String policy, int code, boolean restarted) {
    Plan plan = plan(pod(policy, ""), exited(code, 0, 0, Duration.ZERO));
    assertThat(plan.actions().stream().anyMatch(Action.StartContainer.class::isInstance))
        .isEqualTo(restarted);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 10", "2, 20", "3, 40", "5, 160", "6, 300", "60, 300"})
  void quickRestartsWaitLongerAndLonger(int step, int seconds) {
    Plan plan = plan(pod("Always", ""), exited(1, step, step, Duration.ZERO));
    if (seconds == 0) {
      assertThat(plan.actions()).hasSize(1);
    } else {
      assertThat(plan.actions()).isEmpty();
      assertThat(plan.lookAgain()).contains(NOW.plusSeconds(seconds));
    }
    assertThat(
            plan(pod("Always", ""), exited(1, step, step, Duration.ofSeconds(seconds))).actions())
        .hasSize(1);
  }

  @Test
  void aContainerThatRanLongStartsOver() {
    Container.State state =
        new Container.Exited(NOW.minus(Duration.ofMinutes(11)), NOW, 1, false, "");
    assertThat(plan(pod("Always", ""), main(state, 9, 9)).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.StartContainer.class,
            start -> {
              assertThat(start.attempt()).isEqualTo(10);
              assertThat(start.step()).isEqualTo(1);
            });
  }

  @Test
  void aDeletedPodStopsThenGoesContainersBeforeSandbox() {
    PodView deleted = pod("Always", ",\"deletionTimestamp\":\"2026-01-01T12:00:30Z\"");
    assertThat(plan(deleted, main(new Container.Running(NOW, 1), 0, 0)).actions())
        .singleElement()
        .isInstanceOf(Action.StopContainer.class);
    assertThat(plan(deleted, exited(0, 0, 0, Duration.ZERO)).actions())
        .containsExactly(
            new Action.RemoveContainer("c0"), new Action.RemoveSandbox("s"), new Action.Finish());
  }

  /** Kubernetes' pod lifecycle: a deleted pod comes to a terminal phase before it goes. */
  @Test
  void aDeletedPodTellsHowItEndedWhateverItsPolicy() {
    PodView deleted = pod("Always", ",\"deletionTimestamp\":\"2026-01-01T12:00:30Z\"");
    assertThat(outcome(deleted, main(new Container.Running(NOW, 1), 0, 0)))
        .isEqualTo(PodOutcome.UNDECIDED);
    assertThat(outcome(deleted, exited(0, 0, 0, Duration.ZERO))).isEqualTo(PodOutcome.SUCCEEDED);
    assertThat(outcome(deleted, exited(137, 0, 0, Duration.ZERO))).isEqualTo(PodOutcome.FAILED);
    assertThat(PodOutcome.of(deleted, new Observed(List.of(), List.of()), Recall.NOTHING))
        .isEqualTo(PodOutcome.FAILED);
  }

  private static PodOutcome outcome(PodView pod, Container container) {
    return PodOutcome.of(pod, new Observed(List.of(SANDBOX), List.of(container)), Recall.NOTHING);
  }

  @Test
  void onlyTheLastTwoAttemptsAreKept() {
    assertThat(
            plan(
                    pod("Always", ""),
                    main(new Container.Running(NOW, 1), 2, 2),
                    exited(1, 1, 1, Duration.ZERO),
                    exited(1, 0, 0, Duration.ZERO))
                .actions())
        .containsExactly(new Action.RemoveContainer("c0"));
  }

  private static PodView sized(String cpu, String policy) {
    String json =
        """
        {"metadata":{"name":"p","namespace":"default","uid":"u"},
         "spec":{"containers":[{"name":"main","image":"i:1",
          "resources":{"requests":{"cpu":"%s"}},
          "resizePolicy":[{"resourceName":"cpu","restartPolicy":"%s"}]}]}}
        """
            .formatted(cpu, policy);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Recall given(String cpu, Map<String, Recall.Trouble> troubles) {
    PodSizes sizes =
        PodSizes.UNKNOWN.withGiven(
            "c0", sized(cpu, "NotRequired").containers().getFirst().resources());
    return new Recall(troubles, Map.of(), Map.of(), Set.of(), Set.of(), sizes);
  }

  @ParameterizedTest
  @CsvSource({
    "1, NotRequired, none",
    "1000m, RestartContainer, none",
    "2, NotRequired, resize",
    "2, RestartContainer, stop"
  })
  void aRunningContainerComesToWhatItWasGranted(String cpu, String policy, String expected) {
    PodView pod = sized(cpu, policy);
    Container running = main(new Container.Running(NOW, 1), 0, 0);
    Observed observed = new Observed(List.of(SANDBOX), List.of(running));
    Plan plan = PodPlanner.plan(pod, observed, given("1", Map.of()), NOW);
    switch (expected) {
      case "none" -> assertThat(plan.actions()).isEmpty();
      case "resize" ->
          assertThat(plan.actions())
              .containsExactly(new Action.ResizeContainer(pod.containers().getFirst(), "c0"));
      default ->
          assertThat(plan.actions())
              .singleElement()
              .isInstanceOfSatisfying(
                  Action.StopContainer.class,
                  stop ->
                      assertThat(stop.why()).isEqualTo("Container main resize requires restart"));
    }
  }

  @Test
  void aResizeThatFailedIsTriedAgainLater() {
    Instant later = NOW.plusSeconds(5);
    Recall recall =
        given("1", Map.of(Recall.resizing("main"), new Recall.Trouble("Error", "full", 1, later)));
    Container running = main(new Container.Running(NOW, 1), 0, 0);
    Observed observed = new Observed(List.of(SANDBOX), List.of(running));
    Plan plan = PodPlanner.plan(sized("2", "NotRequired"), observed, recall, NOW);
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.lookAgain()).contains(later);
    assertThat(PodPlanner.plan(sized("2", "NotRequired"), observed, recall, later).actions())
        .hasSize(1);
  }

  private static PodView debugged() {
    String json =
        """
        {"metadata":{"name":"p","namespace":"default","uid":"u"},
         "spec":{"initContainers":[{"name":"first","image":"i:1"}],
          "containers":[{"name":"main","image":"i:1"}],
          "ephemeralContainers":[{"name":"debugger","image":"i:2"}]}}
        """;
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Container debugger(Container.State state) {
    Map<String, String> labels =
        Map.of(PodLabels.CONTAINER, "debugger", PodLabels.ATTEMPT, "0", Observed.SANDBOX, "s");
    return new Container(
        "d", "d", labels, "i:2", "sha256:2", ContainerSpec.Limits.NONE, false, state);
  }

  private static List<String> started(Plan plan) {
    return plan.actions().stream()
        .filter(Action.StartContainer.class::isInstance)
        .map(start -> ((Action.StartContainer) start).container().name())
        .toList();
  }

  @Test
  void anEphemeralContainerIsStartedBesideInitContainers() {
    assertThat(started(plan(debugged()))).containsExactly("debugger", "first");
  }

  @Test
  void anEphemeralContainerIsStartedOnce() {
    Container running = debugger(new Container.Running(NOW, 1));
    assertThat(started(plan(debugged(), running))).containsExactly("first");
    Instant early = NOW.minus(Duration.ofHours(1));
    Container failed = debugger(new Container.Exited(early, early, 1, false, ""));
    assertThat(started(plan(debugged(), failed))).containsExactly("first");
  }

  @Test
  void aClockThatWasSetBackMakesNothingWait() {
    assertThat(plan(pod("Always", ""), exited(1, 5, 5, Duration.ofHours(-1))).actions()).hasSize(1);
    Instant retry = NOW.plus(Duration.ofHours(1));
    for (String name : List.of("main", Recall.SANDBOX)) {
      Recall recall =
          new Recall(
              Map.of(name, new Recall.Trouble("ErrImagePull", "", 1, retry)),
              Map.of(),
              Map.of(),
              Set.of(),
              Set.of(),
              PodSizes.UNKNOWN,
              Optional.empty(),
              null);
      List<Sandbox> sandboxes = name.equals("main") ? List.of(SANDBOX) : List.of();
      Observed observed = new Observed(sandboxes, List.of());
      assertThat(PodPlanner.plan(pod("Always", ""), observed, recall, NOW).actions()).hasSize(1);
    }
  }

  @Test
  void aClockBehindTheServersGivesNobodyMoreThanItsGrace() {
    String deletion =
        ",\"deletionTimestamp\":\"2026-01-01T13:00:00Z\",\"deletionGracePeriodSeconds\":30";
    Plan plan = plan(pod("Always", deletion), main(new Container.Running(NOW, 1), 0, 0));
    assertThat(plan.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.StopContainer.class,
            stop -> assertThat(stop.deadline()).isEqualTo(NOW.plusSeconds(30)));
  }
}
