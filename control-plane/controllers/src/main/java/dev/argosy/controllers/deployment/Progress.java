package dev.argosy.controllers.deployment;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.replicaset.ReplicaSetView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The status of a Deployment: counts, and whether it is available and makes progress. */
final class Progress {

  private static final String PROGRESSING = "Progressing";
  private static final String AVAILABLE = "Available";
  private static final String FAILURE = "ReplicaFailure";
  private static final String DONE = "NewReplicaSetAvailable";
  private static final String TIMED_OUT = "ProgressDeadlineExceeded";
  private static final String PAUSED = "DeploymentPaused";

  private Progress() {}

  /**
   * The status to write.
   *
   * @param created the name of a ReplicaSet that was made just now
   */
  static DeploymentStatus status(Rollout rollout, Optional<String> created, Instant now) {
    DeploymentView deployment = rollout.deployment();
    DeploymentStatus counts = counts(rollout);
    List<Condition> conditions =
        Condition.with(deployment.status().conditions(), available(deployment, counts, now));
    conditions = progress(rollout, counts, conditions, created, now);
    Optional<Condition> failure = failure(rollout);
    conditions =
        failure.isPresent()
            ? Condition.with(conditions, failure.get())
            : Condition.without(conditions, FAILURE);
    return counts.withConditions(conditions);
  }

  /** The numbers, with the conditions as they are. */
  static DeploymentStatus counts(Rollout rollout) {
    List<ReplicaSetView> all = rollout.all();
    int available = Rollout.available(all);
    DeploymentStatus before = rollout.deployment().status();
    return new DeploymentStatus(
        all.stream().mapToInt(s -> s.status().replicas()).sum(),
        rollout.current().map(s -> s.status().replicas()).orElse(0),
        all.stream().mapToInt(s -> s.status().ready()).sum(),
        available,
        Math.max(0, Rollout.replicas(all) - available),
        all.stream().mapToInt(s -> s.status().terminating()).sum(),
        rollout.deployment().object().meta().generation(),
        before.collisions(),
        before.conditions());
  }

  static boolean complete(DeploymentView deployment, DeploymentStatus status) {
    return status.updated() == deployment.replicas()
        && status.replicas() == deployment.replicas()
        && status.available() == deployment.replicas()
        && status.observedGeneration() >= deployment.object().meta().generation();
  }

  private static Condition available(
      DeploymentView deployment, DeploymentStatus status, Instant now) {
    boolean enough = status.available() >= deployment.replicas() - deployment.maxUnavailable();
    return enough
        ? condition(
            AVAILABLE,
            "True",
            "MinimumReplicasAvailable",
            "Deployment has minimum availability.",
            now)
        : condition(
            AVAILABLE,
            "False",
            "MinimumReplicasUnavailable",
            "Deployment does not have minimum availability.",
            now);
  }

  private static List<Condition> progress(
      Rollout rollout,
      DeploymentStatus status,
      List<Condition> before,
      Optional<String> created,
      Instant now) {
    DeploymentView deployment = rollout.deployment();
    if (deployment.progressDeadline().isEmpty()) {
      return Condition.without(before, PROGRESSING);
    }
    Optional<Condition> old = Condition.find(before, PROGRESSING);
    if (deployment.paused()) {
      return old.filter(c -> c.reason().equals(TIMED_OUT)).isPresent()
          ? before
          : Condition.with(
              before, condition(PROGRESSING, "Unknown", PAUSED, "Deployment is paused", now));
    }
    if (created.isPresent()) {
      String message = "Created new replica set \"" + created.get() + "\"";
      return replaced(before, old, "True", "NewReplicaSetCreated", message, now);
    }
    if (old.filter(c -> c.reason().equals(PAUSED)).isPresent()) {
      return Condition.with(
          before,
          condition(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed", now));
    }
    if (rollout.current().isEmpty()) {
      return before;
    }
    return moved(rollout, status, before, old, now);
  }

  private static List<Condition> moved(
      Rollout rollout,
      DeploymentStatus status,
      List<Condition> before,
      Optional<Condition> old,
      Instant now) {
    DeploymentView deployment = rollout.deployment();
    String set = "ReplicaSet \"" + rollout.current().map(ReplicaSetView::name).orElse("") + "\"";
    boolean finished =
        status.replicas() == status.updated()
            && old.filter(c -> c.reason().equals(DONE)).isPresent();
    if (finished) {
      return before;
    }
    if (complete(deployment, status)) {
      return replaced(before, old, "True", DONE, set + " has successfully progressed.", now);
    }
    if (old.isEmpty()) {
      String message = "Found new replica set";
      return replaced(before, old, "True", "FoundNewReplicaSet", message, now);
    }
    if (progressed(deployment.status(), status)) {
      return replaced(before, old, "True", "ReplicaSetUpdated", set + " is progressing.", now);
    }
    return untilDeadline(deployment, old, now).filter(left -> !left.isPositive()).isPresent()
        ? Condition.with(
            before,
            condition(PROGRESSING, "False", TIMED_OUT, set + " has timed out progressing.", now))
        : before;
  }

  private static boolean progressed(DeploymentStatus old, DeploymentStatus now) {
    return now.updated() > old.updated()
        || now.replicas() - now.updated() < old.replicas() - old.updated()
        || now.ready() > old.ready()
        || now.available() > old.available();
  }

  /** How long there is until the deadline; empty if there is none to wait for. */
  static Optional<Duration> untilDeadline(
      DeploymentView deployment, Optional<Condition> progressing, Instant now) {
    if (progressing.isEmpty()
        || deployment.progressDeadline().isEmpty()
        || deployment.paused()
        || progressing.get().reason().equals(DONE)
        || progressing.get().reason().equals(TIMED_OUT)
        || progressing.get().updated().isEmpty()) {
      return Optional.empty();
    }
    Instant from = Instant.parse(progressing.get().updated());
    return Optional.of(
        Duration.between(now, from.plusSeconds(deployment.progressDeadline().get())));
  }

  static Optional<Condition> progressing(DeploymentStatus status) {
    return Condition.find(status.conditions(), PROGRESSING);
  }

  /** In the place of the old one even if it says the same: its time of update counts. */
  private static List<Condition> replaced(
      List<Condition> before,
      Optional<Condition> old,
      String status,
      String reason,
      String message,
      Instant now) {
    String changed =
        old.filter(c -> c.status().equals(status)).map(Condition::changed).orElse(now.toString());
    Condition next = new Condition(PROGRESSING, status, reason, message, now.toString(), changed);
    return Condition.with(Condition.without(before, PROGRESSING), next);
  }

  private static Optional<Condition> failure(Rollout rollout) {
    return rollout.current().stream()
        .flatMap(s -> Condition.find(s.status().conditions(), FAILURE).stream())
        .findFirst()
        .or(() ->
            rollout.old().stream()
                .flatMap(s -> Condition.find(s.status().conditions(), FAILURE).stream())
                .findFirst())
        .map(c ->
            new Condition(FAILURE, c.status(), c.reason(), c.message(), c.changed(), c.changed()));
  }

  private static Condition condition(
      String type, String status, String reason, String message, Instant now) {
    return new Condition(type, status, reason, message, now.toString(), now.toString());
  }
}
