package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Claims;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.workload.PodTemplate;
import dev.argosy.controllers.workload.PodWriter;
import dev.argosy.controllers.workload.Ripening;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps as many pods as a ReplicaSet or a ReplicationController asks for, and says in its status
 * how they fare.
 */
public final class ReplicaSetController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ReplicaKind kind;
  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<ReplicaSetView> sets;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final Claims<PodView> claims;
  private final PodWriter writer;

  private ReplicaSetController(
      ControllerContext context, ReplicaKind kind, InformerSpec<ReplicaSetView> all) {
    this.kind = kind;
    this.context = context;
    this.client = context.client(kind.controller());
    this.sets = context.informer(all);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.claims = new Claims<>(client, pods, PodView::object, writes);
    this.writer = new PodWriter(client, pods, writes, context.events(kind.controller()));
  }

  /** The loop for ReplicaSets. */
  public static ControllerLoop create(ControllerContext context) {
    return new ReplicaSetController(context, ReplicaKind.REPLICA_SET, ReplicaSetView.EVERYWHERE)
        .loop("replicaset");
  }

  /** The loop for ReplicationControllers. */
  public static ControllerLoop forReplicationControllers(ControllerContext context) {
    return new ReplicaSetController(
            context, ReplicaKind.REPLICATION_CONTROLLER, ReplicaSetView.REPLICATION_CONTROLLERS)
        .loop("replicationcontroller");
  }

  private ControllerLoop loop(String name) {
    KeyQueue queue = context.queue();
    sets.onChange(set -> queue.add(set.key()));
    pods.onChange(pod -> setsOf(pod).forEach(queue::add));
    return new ControllerLoop(name, queue, this, 16);
  }

  /** Whom a change of this pod concerns: its owner, or all who might adopt it. */
  private List<ObjectKey> setsOf(PodView pod) {
    Optional<OwnerReference> owner = pod.object().meta().controller();
    if (owner.isPresent()) {
      return owner.get().kind().equals(kind.kind())
          ? List.of(beside(pod, owner.get().name()))
          : List.of();
    }
    return ReplicaSetView.BY_SELECTOR
        .matching(sets, pod.object())
        .map(ReplicaSetView::key)
        .toList();
  }

  private ObjectKey beside(PodView pod, String name) {
    return new ObjectKey(kind.resource(), pod.key().cluster(), pod.key().namespace(), name);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<ReplicaSetView> found = sets.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    ReplicaSetView set = found.get();
    Instant now = context.now();
    List<PodView> mine = owned(set);
    ReplicaSetPlan plan = ReplicaSetPlan.of(set, mine, neighbours(set), now);
    Optional<Status> refusal = writer.create(set.owner(), pods(set, plan.create()));
    if (refusal.isEmpty()) {
      refusal = writer.delete(set.owner(), plan.delete());
    }
    Outcome written = writeStatus(set, mine, refusal, now);
    return refusal.map(Outcome::of).orElse(written);
  }

  private static List<ObjectNode> pods(ReplicaSetView set, int count) {
    return Stream.generate(() -> PodTemplate.pod(set.owner(), set.template()))
        .limit(count)
        .toList();
  }

  private List<PodView> owned(ReplicaSetView set) {
    String place = PodView.place(set.key().cluster(), set.key().namespace());
    return claims.of(
        set.owner(),
        set.selector(),
        pods.find(PodView.BY_OWNER, set.uid()),
        pods.find(PodView.BY_ORPHANAGE, place).stream().filter(PodView::active).toList());
  }

  private Map<String, Integer> neighbours(ReplicaSetView set) {
    Map<String, Integer> count = new HashMap<>();
    List<ReplicaSetView> related =
        set.ownerUid().map(uid -> sets.find(ReplicaSetView.BY_OWNER, uid)).orElse(List.of(set));
    for (ReplicaSetView other : related) {
      pods.find(PodView.BY_OWNER, other.uid()).stream()
          .filter(PodView::active)
          .forEach(pod -> count.merge(pod.node(), 1, Integer::sum));
    }
    return count;
  }

  private Outcome writeStatus(
      ReplicaSetView set, List<PodView> mine, Optional<Status> refusal, Instant now) {
    List<Condition> failure = refusal.map(status -> failure(set, status, now)).stream().toList();
    ReplicaSetStatus status = ReplicaSetPlan.status(set, mine, failure, now);
    if (!status.equals(set.status())) {
      ObjectNode tree = set.object().tree();
      tree.set("status", status.toJson());
      switch (client.updateStatus(set.key(), tree)) {
        case ApiResult.Ok<ApiObject>(ApiObject written) -> writes.expect(set.key(), sets, written);
        case ApiResult.Refused<ApiObject>(Status refused)
            when refused.reason() == Reason.NOT_FOUND -> {
          return Outcome.DONE;
        }
        case ApiResult.Refused<ApiObject>(Status refused) -> {
          return Outcome.of(refused);
        }
      }
    }
    return Ripening.next(mine, set.minReadySeconds(), now);
  }

  private static Condition failure(ReplicaSetView set, Status status, Instant now) {
    boolean creating = set.replicas() > set.status().replicas();
    return new Condition(
        "ReplicaFailure",
        "True",
        creating ? "FailedCreate" : "FailedDelete",
        status.message(),
        "",
        now.toString());
  }
}
