package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.plan.Action;
import dev.argosy.agent.pod.plan.BackOff;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Plan;
import dev.argosy.agent.pod.plan.PodOutcome;
import dev.argosy.agent.pod.plan.PodPlanner;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pod under the planner, on the fake engine, in a time that jumps. It applies plans as the
 * worker does, and lets calls fail, with and without effect. After every call it checks what must
 * never be.
 */
final class PlayedPod {

  private static final String IMAGE = "i:1";
  private static final ObjectKey KEY =
      new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");

  /**
   * What kind of pod.
   *
   * @param own a restart policy of the first container alone; empty for none
   */
  record Shape(String policy, String own, int containers, int inits, int sidecars) {}

  /** What may come in between. */
  enum Happening {
    NOTHING,
    /** The next call is refused. */
    CALL_REFUSED,
    /** The next call has its effect, and its answer is lost. */
    ANSWER_LOST,
    /** The engine does not answer the next call. */
    ENGINE_AWAY,
    SANDBOX_DIES,
    OLDEST_FAILS,
    NEWEST_FAILS,
    NEWEST_ENDS_WELL,
    UNHEALTHY,
    /** The agent begins again and has forgotten everything. */
    AGENT_RESTARTS,
    /** The machine begins again: nothing runs. */
    MACHINE_RESTARTS,
    TIME_PASSES,
    DELETED
  }

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final FakeRuntime runtime =
      new FakeRuntime(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });
  private final Shape shape;
  private final List<String> story = new ArrayList<>();
  private PodMemory memory = freshMemory();
  private PodView pod;
  private Happening trouble = Happening.NOTHING;
  private boolean finished;
  private boolean quiet;

  PlayedPod(Shape shape) {
    this.shape = shape;
    this.pod = pod("");
    runtime.images().add(IMAGE);
  }

  private PodMemory freshMemory() {
    Clock clock = Clock.fixed(now, ZoneId.of("UTC"));
    return new PodMemory(new ClockShift(clock, clock));
  }

  private PodView pod(String deletion) {
    ObjectNode tree = Json.object();
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", "p").put("namespace", "default").put("uid", "u");
    if (!deletion.isEmpty()) {
      metadata.put("deletionTimestamp", deletion);
    }
    ObjectNode spec = tree.putObject("spec").put("restartPolicy", shape.policy);
    ArrayNode inits = spec.putArray("initContainers");
    for (int i = 0; i < shape.sidecars; i++) {
      inits.addObject().put("name", "side" + i).put("image", IMAGE).put("restartPolicy", "Always");
    }
    for (int i = 0; i < shape.inits; i++) {
      inits.addObject().put("name", "init" + i).put("image", IMAGE);
    }
    ArrayNode containers = spec.putArray("containers");
    for (int i = 0; i < shape.containers; i++) {
      ObjectNode main = containers.addObject().put("name", "main" + i).put("image", IMAGE);
      if (i == 0 && !shape.own.isEmpty()) {
        main.put("restartPolicy", shape.own);
      }
    }
    return PodView.of(ApiObject.ofWire(KEY, 1, Json.mapper().writeValueAsBytes(tree)));
  }

  boolean quiet() {
    return quiet;
  }

  void happens(Happening happening) throws RuntimeFailure {
    story.add("[" + happening + "]");
    quiet = false;
    List<Container> running = observed().running();
    switch (happening) {
      case NOTHING -> {}
      case CALL_REFUSED, ANSWER_LOST, ENGINE_AWAY -> trouble = happening;
      case SANDBOX_DIES -> observed().sandbox().ifPresent(this::die);
      case OLDEST_FAILS -> running.stream().findFirst().ifPresent(c -> runtime.end(c.id(), 1));
      case NEWEST_FAILS -> running.reversed().stream().findFirst().ifPresent(c -> end(c, 1));
      case NEWEST_ENDS_WELL -> running.reversed().stream().findFirst().ifPresent(c -> end(c, 0));
      case UNHEALTHY ->
          running.forEach(c -> memory.unhealthy(c.id(), new Recall.Unhealthy("failed", null)));
      case AGENT_RESTARTS -> memory = freshMemory();
      case MACHINE_RESTARTS -> {
        memory = freshMemory();
        observed().sandboxes().forEach(this::die);
        running.forEach(c -> end(c, 137));
      }
      case TIME_PASSES -> now = now.plusSeconds(7);
      case DELETED -> {
        if (pod.deletionTimestamp() == null) {
          pod = pod(now.plusSeconds(30).toString());
        }
      }
    }
  }

  private void end(Container container, int code) {
    runtime.end(container.id(), code);
  }

  private void die(Sandbox sandbox) {
    try {
      runtime.stopSandbox(sandbox.id());
    } catch (RuntimeFailure e) {
      throw new AssertionError(e);
    }
  }

  private Observed observed() throws RuntimeFailure {
    return new Observed(runtime.sandboxes(Map.of()), runtime.containers(Map.of()));
  }

  /** One look, plan and its actions; then time goes on to where something is due. */
  void round() throws RuntimeFailure {
    if (finished) {
      quiet = true;
      return;
    }
    Observed observed = observed();
    memory.keepOnly(observed);
    observed.running().forEach(c -> memory.started(c.id()));
    Plan plan = PodPlanner.plan(pod, observed, memory.recall(), now);
    story.add(plan.actions().stream().map(PlayedPod::shortly).toList().toString());
    PlayedStops.check(plan, observed, this);
    try {
      for (Action action : plan.actions()) {
        apply(observed, action);
        checkAlways();
      }
    } catch (RuntimeFailure e) {
      now = now.plusSeconds(3);
      checkAlways();
      return;
    }
    if (plan.actions().isEmpty()) {
      rest(observed, plan.lookAgain());
    }
  }

  private static String shortly(Action action) {
    return switch (action) {
      case Action.StartContainer(ContainerView c, int attempt, int step) ->
          "start " + c.name() + " " + attempt + "/" + step;
      default -> action.toString();
    };
  }

  /** Init containers that still run end well; else time jumps. */
  private void rest(Observed observed, Optional<Instant> lookAgain) {
    Optional<Container> init =
        observed.running().stream().filter(c -> c.name().startsWith("init")).findFirst();
    if (init.isPresent()) {
      end(init.get(), 0);
    } else if (lookAgain.isPresent()) {
      assertThat(lookAgain.get()).isAfter(now);
      now = lookAgain.get();
    } else {
      quiet = true;
    }
  }

  private void apply(Observed observed, Action action) throws RuntimeFailure {
    switch (action) {
      case Action.StartSandbox(int attempt) ->
          orLater(Recall.SANDBOX, () -> runtime.startSandbox(sandbox(attempt)));
      case Action.RemoveSandbox(String id) -> call(() -> runtime.removeSandbox(id));
      case Action.StartContainer start -> {
        Sandbox sandbox = observed.sandbox().orElseThrow();
        orLater(
            start.container().name(),
            () -> {
              String id = runtime.createContainer(sandbox.id(), container(start, sandbox));
              call(() -> runtime.startContainer(id));
            });
      }
      case Action.StopContainer stop -> stop(stop);
      case Action.ResizeContainer resize ->
          call(() -> runtime.limitContainer(resize.id(), ContainerSpec.Limits.NONE));
      case Action.RemoveContainer(String id) -> call(() -> runtime.removeContainer(id));
      case Action.Finish _ -> finished = true;
    }
  }

  private void stop(Action.StopContainer stop) {
    memory.stopping(stop.id(), stop.deadline());
    try {
      call(() -> runtime.stopContainer(stop.id(), Duration.between(now, stop.deadline())));
    } catch (RuntimeFailure e) {
      memory.notStopping(stop.id());
    }
  }

  private void orLater(String name, Call call) throws RuntimeFailure {
    try {
      call(call);
      memory.fine(name);
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
        throw e;
      }
      int failures = memory.failures(name) + 1;
      Instant retry = now.plus(BackOff.afterFailures(failures));
      memory.trouble(name, new Recall.Trouble("Refused", "refused", failures, retry));
    }
  }

  private void call(Call call) throws RuntimeFailure {
    Happening now = trouble;
    trouble = Happening.NOTHING;
    if (now == Happening.CALL_REFUSED) {
      throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, "refused");
    }
    if (now == Happening.ENGINE_AWAY) {
      throw new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "away");
    }
    call.run();
    if (now == Happening.ANSWER_LOST) {
      throw new RuntimeFailure(RuntimeFailure.Kind.UNAVAILABLE, "answer lost");
    }
  }

  private interface Call {
    void run() throws RuntimeFailure;
  }

  private static SandboxSpec sandbox(int attempt) {
    Map<String, String> labels = new HashMap<>(PodLabels.ofPod(KEY, "u"));
    labels.put(PodLabels.ATTEMPT, Integer.toString(attempt));
    return new SandboxSpec(
        "pod_" + attempt, labels, IMAGE, List.of(), "p", false, false, false, Map.of(), "");
  }

  private static ContainerSpec container(Action.StartContainer start, Sandbox sandbox) {
    String name = start.container().name();
    Map<String, String> labels =
        new HashMap<>(PodLabels.ofContainer(KEY, "u", name, start.attempt()));
    labels.put(Observed.SANDBOX, sandbox.id());
    labels.put(Observed.STEP, Integer.toString(start.step()));
    return new ContainerSpec(
        name + "_" + start.attempt(),
        labels,
        IMAGE,
        List.of("wait"),
        List.of(),
        List.of(),
        "",
        List.of(),
        ContainerSpec.Limits.NONE,
        ContainerSpec.Privileges.DEFAULT,
        ContainerSpec.Terminal.NONE,
        new ContainerSpec.Processes.Own());
  }

  private void checkAlways() throws RuntimeFailure {
    Observed seen = observed();
    assertThat(seen.sandboxes())
        .as("running sandboxes: %s", this)
        .filteredOn(Sandbox::running)
        .hasSizeLessThan(2);
    for (ContainerView container : pod.all()) {
      assertThat(seen.attempts(container.name()))
          .as("%s runs once: %s", container.name(), this)
          .filteredOn(c -> c.state() instanceof Container.Running)
          .hasSizeLessThan(2);
    }
  }

  /** What must hold when nothing is left to be done. */
  void checkRest() throws RuntimeFailure {
    Observed seen = observed();
    if (pod.deletionTimestamp() != null) {
      assertThat(finished).as("finished: %s", this).isTrue();
      assertThat(seen.containers()).isEmpty();
      assertThat(seen.sandboxes()).isEmpty();
      return;
    }
    for (ContainerView container : pod.all()) {
      assertThat(seen.attempts(container.name()))
          .as("attempts kept: %s", this)
          .hasSizeLessThanOrEqualTo(2);
    }
    if (PodOutcome.of(pod, seen, memory.recall()).ended()) {
      assertThat(seen.running()).as("ended: %s", this).isEmpty();
      assertThat(seen.sandboxes()).isEmpty();
      return;
    }
    assertThat(seen.sandboxes()).as("one sandbox: %s", this).hasSize(1);
    String sandbox = seen.sandbox().orElseThrow().id();
    assertThat(seen.running())
        .as("all in it: %s", this)
        .allMatch(c -> sandbox.equals(c.labels().get(Observed.SANDBOX)));
    for (ContainerView container : pod.containers()) {
      checkRuns(container, seen.newest(container.name()).orElseThrow());
    }
  }

  private void checkRuns(ContainerView container, Container newest) {
    boolean own = container.name().equals("main0") && !shape.own.isEmpty();
    String policy = own ? shape.own : shape.policy;
    boolean fine =
        newest.state() instanceof Container.Running
            || (newest.state() instanceof Container.Exited exited
                && (policy.equals("Never")
                    || (policy.equals("OnFailure") && exited.exitCode() == 0)));
    assertThat(fine).as("%s runs or has its end: %s", container.name(), this).isTrue();
  }

  @Override
  public String toString() {
    return shape + " " + String.join(" ", story);
  }
}
