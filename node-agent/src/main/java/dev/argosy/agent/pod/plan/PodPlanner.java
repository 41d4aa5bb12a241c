package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides. One instance per decision. */
public final class PodPlanner {

  private static final int KEPT_ATTEMPTS = 2;
  private static final Duration STUCK = Duration.ofSeconds(15);

  /** Nothing waits longer than that, unless the clock was set back meanwhile. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(6);

  private static final Duration SKEW = Duration.ofMinutes(1);

  private final PodView pod;
  private final Observed observed;
  private final Recall recall;
  private final Instant now;
  private final List<Action> actions = new ArrayList<>();
  private final Set<String> backingOff = new HashSet<>();
  private @Nullable Instant lookAgain;

  private PodPlanner(PodView pod, Observed observed, Recall recall, Instant now) {
    this.pod = pod;
    this.observed = observed;
    this.recall = recall;
    this.now = now;
  }

  public static Plan plan(PodView pod, Observed observed, Recall recall, Instant now) {
    PodPlanner planner = new PodPlanner(pod, observed, recall, now);
    planner.decide();
    return new Plan(planner.actions, Optional.ofNullable(planner.lookAgain), planner.backingOff);
  }

  private void decide() {
    lookAtDeadline();
    Instant deadline = pod.deletionTimestamp();
    if (deadline != null) {
      takeDown(withinGrace(deadline));
    } else if (atItsEnd()) {
      rest();
    } else if (observed.sandbox().isEmpty()) {
      renewSandbox();
    } else {
      run();
    }
    dropOldAttempts();
  }

  private boolean atItsEnd() {
    return pod.terminal()
        || recall.endBy() != null
        || recall.verdict().isPresent()
        || pod.overdue(now)
        || PodOutcome.of(pod, observed, recall).ended();
  }

  private void lookAtDeadline() {
    pod.activeDeadline().filter(now::isBefore).ifPresent(this::look);
  }

  /** The API server's clock may be ahead of this machine's: nobody gets more than was granted. */
  private Instant withinGrace(Instant deadline) {
    JsonNode grace = pod.metadata().path("deletionGracePeriodSeconds");
    Instant latest = now.plusSeconds(grace.asLong(0));
    return grace.isNumber() && latest.isBefore(deadline) ? latest : deadline;
  }

  /** Everything ends and goes; containers before the sandbox they live in. */
  private void takeDown(Instant deadline) {
    if (stopRunning(deadline, "Stopping container")) {
      return;
    }
    observed.containers().forEach(c -> actions.add(new Action.RemoveContainer(c.id())));
    observed.sandboxes().forEach(s -> actions.add(new Action.RemoveSandbox(s.id())));
    actions.add(new Action.Finish());
  }

  /** It has come to its end: nothing runs, logs stay. */
  private void rest() {
    Duration own = pod.grace();
    Duration grace =
        recall.verdict().map(Verdict::grace).filter(g -> g.compareTo(own) < 0).orElse(own);
    Instant deadline = now.plus(grace);
    Instant endBy = recall.endBy();
    if (endBy != null && endBy.isBefore(deadline)) {
      deadline = endBy;
    }
    if (!stopRunning(deadline, "Stopping container")) {
      observed.sandboxes().forEach(s -> actions.add(new Action.RemoveSandbox(s.id())));
    }
  }

  /** Asks all running containers to stop; whether there are any. */
  private boolean stopRunning(Instant deadline, String why) {
    StopOrder order = new StopOrder(pod, observed.running());
    for (Container container : observed.running()) {
      stop(container, deadline, why, order.before(container));
    }
    return !observed.running().isEmpty();
  }

  private void stop(Container container, Instant deadline, String why, Set<String> after) {
    Instant asked = recall.stopping().get(container.id());
    boolean stuck = asked != null && now.isAfter(asked.plus(STUCK));
    if (asked == null || stuck || deadline.isBefore(asked)) {
      String name = container.labels().getOrDefault(PodLabels.CONTAINER, container.name());
      actions.add(new Action.StopContainer(container.id(), name, deadline, why, after));
    }
    look(deadline.plusSeconds(2));
  }

  private void renewSandbox() {
    if (stopRunning(now.plusSeconds(2), "Pod sandbox changed, it will be killed and re-created.")) {
      return;
    }
    Recall.Trouble trouble = recall.troubles().get(Recall.SANDBOX);
    if (trouble != null && waits(trouble)) {
      look(trouble.retryAt());
      return;
    }
    // a sandbox that is removed while another cannot be made leaves its ended containers
    int attempt = Math.max(observed.sandboxes().size(), observed.containers().isEmpty() ? 0 : 1);
    for (Sandbox dead : observed.sandboxes()) {
      attempt = Math.max(attempt, attemptOf(dead) + 1);
      actions.add(new Action.RemoveSandbox(dead.id()));
    }
    actions.add(new Action.StartSandbox(attempt));
  }

  private static int attemptOf(Sandbox sandbox) {
    String text = sandbox.labels().getOrDefault(PodLabels.ATTEMPT, "0");
    return Integer.parseInt(text);
  }

  private void run() {
    pod.ephemeralContainers().forEach(this::startOnce);
    for (ContainerView init : pod.initContainers()) {
      boolean goOn = init.sidecar() ? sidecarUp(init) : initDone(init);
      if (!goOn) {
        return;
      }
    }
    for (ContainerView container : pod.containers()) {
      keep(container);
    }
  }

  private boolean sidecarUp(ContainerView sidecar) {
    keep(sidecar);
    return observed
        .newest(sidecar.name())
        .filter(c -> c.state() instanceof Container.Running)
        .filter(c -> recall.started().contains(c.id()))
        .isPresent();
  }

  private boolean initDone(ContainerView init) {
    Optional<Container> newest = observed.newest(init.name());
    boolean done =
        newest
            .filter(c -> PodOutcome.exitCode(c).orElse(1) == 0)
            .filter(c -> observed.inCurrentSandbox(c) || mainHasRun())
            .isPresent();
    if (!done) {
      keep(init);
    }
    return done;
  }

  private boolean mainHasRun() {
    return pod.containers().stream()
        .flatMap(c -> observed.newest(c.name()).stream())
        .anyMatch(observed::inCurrentSandbox);
  }

  private boolean waits(Recall.Trouble trouble) {
    return trouble.retryAt().isAfter(now) && trouble.retryAt().isBefore(now.plus(LONGEST_WAIT));
  }

  /** Starts a container that should run and does not, when its time has come. */
  private void keep(ContainerView container) {
    Recall.Trouble trouble = recall.troubles().get(container.name());
    if (trouble != null && waits(trouble)) {
      look(trouble.retryAt());
      return;
    }
    Optional<Container> newest = observed.newest(container.name());
    if (newest.isEmpty()) {
      actions.add(new Action.StartContainer(container, 0, 0));
      return;
    }
    Container last = newest.get();
    switch (last.state()) {
      case Container.Created _ -> replaceHalfMade(container, last);
      case Container.Running _ -> {
        if (!stopIfUnhealthy(container, last)) {
          resize(container, last);
        }
      }
      case Container.Exited exited -> restart(container, last, exited);
    }
  }

  /** An ephemeral container that has run, however it ended, has done what it was for. */
  private void startOnce(ContainerView container) {
    Optional<Container> made = observed.newest(container.name());
    if (made.isEmpty() || made.get().state() instanceof Container.Created) {
      keep(container);
    }
  }

  private void replaceHalfMade(ContainerView container, Container halfMade) {
    actions.add(new Action.RemoveContainer(halfMade.id()));
    actions.add(
        new Action.StartContainer(container, Observed.attempt(halfMade), Observed.step(halfMade)));
  }

  /** Whether it is unhealthy. */
  private boolean stopIfUnhealthy(ContainerView container, Container running) {
    Recall.Unhealthy what = recall.unhealthy().get(running.id());
    if (what != null) {
      Duration grace = what.grace() == null ? pod.grace() : what.grace();
      stopGently(running, grace, "Container " + container.name() + " " + what.why());
    }
    return what != null;
  }

  private void stopGently(Container running, Duration grace, String why) {
    stop(running, now.plus(grace), why, Set.of());
  }

  /** Brings a running container to what it was granted, if it has something else. */
  private void resize(ContainerView container, Container running) {
    switch (recall.sizes().change(container, running)) {
      case NONE -> {}
      case LIVE -> {
        Recall.Trouble trouble = recall.troubles().get(Recall.resizing(container.name()));
        if (trouble != null && waits(trouble)) {
          look(trouble.retryAt());
        } else {
          actions.add(new Action.ResizeContainer(container, running.id()));
        }
      }
      case RESTART ->
          stopGently(
              running, pod.grace(), "Container " + container.name() + " resize requires restart");
    }
  }

  private void restart(ContainerView container, Container last, Container.Exited exited) {
    if (!again(container, last, exited) && !recall.returns(container, last)) {
      return;
    }
    Duration ran = Duration.between(exited.startedAt(), exited.finishedAt());
    int step = ran.compareTo(BackOff.FORGIVEN_AFTER) >= 0 ? 1 : Observed.step(last) + 1;
    Instant at = exited.finishedAt().plus(BackOff.beforeStep(step));
    boolean setBack = exited.finishedAt().isAfter(now.plus(SKEW));
    if (at.isAfter(now) && !setBack) {
      look(at);
      backingOff.add(last.id());
    } else {
      actions.add(new Action.StartContainer(container, Observed.attempt(last) + 1, step));
    }
  }

  /** In a new sandbox init containers run once more, however they ended. */
  private boolean again(ContainerView container, Container last, Container.Exited exited) {
    boolean initially = container.init() && !observed.inCurrentSandbox(last);
    return initially || Restarts.follows(container, pod.restartPolicy(), exited.exitCode());
  }

  private void dropOldAttempts() {
    if (pod.deletionTimestamp() != null) {
      return;
    }
    for (ContainerView container : pod.all()) {
      observed.attempts(container.name()).stream()
          .skip(KEPT_ATTEMPTS)
          .filter(c -> c.state() instanceof Container.Exited)
          .forEach(c -> actions.add(new Action.RemoveContainer(c.id())));
    }
  }

  private void look(Instant at) {
    Instant later = at.isAfter(now) ? at : now.plusSeconds(1);
    if (lookAgain == null || later.isBefore(lookAgain)) {
      lookAgain = later;
    }
  }
}
