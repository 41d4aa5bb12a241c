package dev.argosy.controllers.deployment;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.replicaset.ReplicaSetView;
import dev.argosy.controllers.runtime.Claims;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Owner;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings a Deployment's ReplicaSets to what it asks for, one plan at a time. */
public final class DeploymentController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<DeploymentView> deployments;
  private final Informer<ReplicaSetView> sets;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final Claims<ReplicaSetView> claims;
  private final RolloutWriter writer;

  private DeploymentController(ControllerContext context) {
    this.context = context;
    this.client = context.client("deployment-controller");
    this.deployments = context.informer(DeploymentView.EVERYWHERE);
    this.sets = context.informer(ReplicaSetView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.claims = new Claims<>(client, sets, ReplicaSetView::object, writes);
    this.writer =
        new RolloutWriter(
            client, deployments, sets, writes, context.events("deployment-controller"));
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    DeploymentController controller = new DeploymentController(context);
    controller.deployments.onChange(deployment -> queue.add(deployment.key()));
    controller.sets.onChange(set -> controller.deploymentsOf(set).forEach(queue::add));
    controller.pods.onChange(pod -> controller.waitingFor(pod).forEach(queue::add));
    return new ControllerLoop("deployment", queue, controller, 16);
  }

  private List<ObjectKey> deploymentsOf(ReplicaSetView set) {
    ObjectKey key = set.key();
    Optional<OwnerReference> owner = set.object().meta().controller();
    if (owner.isPresent()) {
      return owner.get().kind().equals("Deployment")
          ? List.of(
              new ObjectKey(Kinds.DEPLOYMENTS, key.cluster(), key.namespace(), owner.get().name()))
          : List.of();
    }
    return DeploymentView.BY_SELECTOR
        .matching(deployments, set.object())
        .map(DeploymentView::key)
        .toList();
  }

  /** With Recreate the end of an old pod is what a Deployment waits for. */
  private List<ObjectKey> waitingFor(PodView pod) {
    if (pod.active()) {
      return List.of();
    }
    return pod.object().meta().controller().stream()
        .filter(owner -> owner.kind().equals("ReplicaSet"))
        .map(owner ->
            new ObjectKey(
                Kinds.REPLICA_SETS, pod.key().cluster(), pod.key().namespace(), owner.name()))
        .flatMap(key -> sets.get(key).stream())
        .flatMap(set -> deploymentsOf(set).stream())
        .filter(key -> deployments.get(key).filter(DeploymentView::recreate).isPresent())
        .toList();
  }

  /**
   * A write to the Deployment itself ends the round: the status belongs to the state after it, and
   * a status written from the state before would undo it.
   */
  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<DeploymentView> found = deployments.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    DeploymentView deployment = found.get();
    Rollout rollout = rollout(deployment);
    Optional<String> created = Optional.empty();
    Optional<Status> refusal = Optional.empty();
    boolean recorded = false;
    for (Step step : RolloutPlan.of(rollout)) {
      recorded |= step instanceof Step.Record;
      switch (writer.apply(deployment, step)) {
        case ApiResult.Ok<ApiObject>(ApiObject written) ->
            created = step instanceof Step.Create ? Optional.of(written.name()) : created;
        case ApiResult.Refused<ApiObject>(Status status) ->
            refusal = refused(rollout, step, status);
      }
      if (refusal.isPresent()) {
        break;
      }
    }
    if (recorded && refusal.isEmpty()) {
      return Outcome.DONE;
    }
    Outcome outcome = writeStatus(rollout, created);
    return refusal.map(Outcome::of).orElse(outcome);
  }

  private Rollout rollout(DeploymentView deployment) {
    List<ReplicaSetView> owned = owned(deployment);
    Optional<ReplicaSetView> current = Rollout.current(deployment, owned);
    boolean oldPodsRun =
        deployment.recreate()
            && owned.stream()
                .filter(s -> current.filter(c -> c.uid().equals(s.uid())).isEmpty())
                .flatMap(s -> pods.find(PodView.BY_OWNER, s.uid()).stream())
                .anyMatch(pod -> !pod.terminal());
    return Rollout.of(deployment, owned, oldPodsRun);
  }

  private List<ReplicaSetView> owned(DeploymentView deployment) {
    String place = PodView.place(deployment.key().cluster(), deployment.key().namespace());
    return claims.of(
        new Owner("apps/v1", "Deployment", deployment.object()),
        deployment.selector(),
        sets.find(ReplicaSetView.BY_OWNER, deployment.uid()),
        sets.find(ReplicaSetView.BY_NAMESPACE, place).stream()
            .filter(s -> s.ownerUid().isEmpty() && !s.deleting())
            .toList());
  }

  /** A ReplicaSet of the wanted name may be another's: then the next try takes another name. */
  private Optional<Status> refused(Rollout rollout, Step step, Status status) {
    DeploymentView deployment = rollout.deployment();
    if (step instanceof Step.Delete && status.reason() == Reason.NOT_FOUND) {
      return Optional.empty();
    }
    if (!(step instanceof Step.Create) || status.reason() != Reason.ALREADY_EXISTS) {
      return Optional.of(status);
    }
    ObjectKey key =
        new ObjectKey(
            Kinds.REPLICA_SETS,
            deployment.key().cluster(),
            deployment.key().namespace(),
            RolloutWriter.setName(deployment));
    boolean mine =
        client
            .get(key)
            .orAbsent()
            .flatMap(set -> set.meta().controller())
            .filter(owner -> owner.uid().equals(deployment.uid()))
            .isPresent();
    if (!mine) {
      ObjectNode tree = deployment.object().tree();
      int collisions = deployment.status().collisions();
      tree.withObject("/status").put("collisionCount", collisions + 1);
      client.updateStatus(deployment.key(), tree);
    }
    return Optional.of(status);
  }

  private Outcome writeStatus(Rollout rollout, Optional<String> created) {
    DeploymentView deployment = rollout.deployment();
    Instant now = context.now();
    DeploymentStatus status = Progress.status(rollout, created, now);
    if (!status.equals(deployment.status())) {
      switch (client.patch(deployment.key(), "status", statusOnly(status))) {
        case ApiResult.Ok<ApiObject>(ApiObject written) ->
            writes.expect(deployment.key(), deployments, written);
        case ApiResult.Refused<ApiObject>(Status refused)
            when refused.reason() == Reason.NOT_FOUND -> {
          return Outcome.DONE;
        }
        case ApiResult.Refused<ApiObject>(Status refused) -> {
          return Outcome.of(refused);
        }
      }
    }
    return Progress.untilDeadline(deployment, Progress.progressing(status), now)
        .map(left -> Outcome.requeueAfter(left.isPositive() ? left.plusSeconds(1) : AGAIN))
        .orElse(Outcome.DONE);
  }

  /** Leaves alone what this pass may have written to the object itself, such as its revision. */
  private static Patch statusOnly(DeploymentStatus status) {
    ArrayNode patch = Json.mapper().createArrayNode();
    patch.addObject().put("op", "add").put("path", "/status").set("value", status.toJson());
    return Patch.json(patch);
  }
}
