package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.revision.History;
import dev.argosy.controllers.revision.RevisionView;
import dev.argosy.controllers.revision.RevisionWriter;
import dev.argosy.controllers.runtime.Claims;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.controllers.workload.PodWriter;
import dev.argosy.controllers.workload.Ripening;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the pods of DaemonSets, one on each node that fits. */
public final class DaemonSetController implements Reconciler {

  private static final String NAME = "daemonset-controller";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<DaemonView> sets;
  private final Informer<PodView> pods;
  private final Informer<DaemonNode> nodes;
  private final PoolGrants grants;
  private final OwnWrites writes = new OwnWrites();
  private final Claims<PodView> claims;
  private final RevisionWriter revisions;
  private final PodWriter writer;
  private final StatusWriter<DaemonView> statuses;
  private final EventRecorder events;
  private final Replacing replacing = new Replacing();

  private DaemonSetController(ControllerContext context) {
    ApiClient client = context.client(NAME);
    this.context = context;
    this.events = context.events(NAME);
    this.sets = context.informer(DaemonView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.nodes = context.informer(DaemonNode.ALL);
    this.grants = new PoolGrants(context.informer(PoolGrants.SPEC));
    this.claims = new Claims<>(client, pods, PodView::object, writes);
    this.revisions = new RevisionWriter(client, context.informer(RevisionView.EVERYWHERE), writes);
    this.writer = new PodWriter(client, pods, writes, events);
    this.statuses = new StatusWriter<>(client, sets, writes);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    DaemonSetController controller = new DaemonSetController(context);
    controller.sets.onChange(set -> queue.add(set.key()));
    controller.pods.onChange(pod -> controller.setsOf(pod).forEach(queue::add));
    controller.nodes.addHandler(
        new NodeHandler(pool ->
            controller.add(queue, set -> controller.grants.allows(set.key().cluster(), pool))));
    context
        .informer(PoolGrants.SPEC)
        .addHandler(
            new GrantHandler(
                tenant -> controller.add(queue, set -> set.key().cluster().equals(tenant))));
    return new ControllerLoop("daemonset", queue, controller, 8);
  }

  private void add(KeyQueue queue, Predicate<DaemonView> concerned) {
    sets.all().stream().filter(concerned).forEach(set -> queue.add(set.key()));
  }

  private List<ObjectKey> setsOf(PodView pod) {
    ObjectKey key = pod.key();
    Optional<OwnerReference> owner = pod.object().meta().controller();
    if (owner.isPresent()) {
      return owner.get().kind().equals("DaemonSet")
          ? List.of(
              new ObjectKey(Kinds.DAEMON_SETS, key.cluster(), key.namespace(), owner.get().name()))
          : List.of();
    }
    return DaemonView.BY_SELECTOR.matching(sets, pod.object()).map(DaemonView::key).toList();
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<DaemonView> found = sets.get(key).filter(set -> !set.deleting());
    if (found.isEmpty()) {
      replacing.forget(key);
      return Outcome.DONE;
    }
    DaemonView set = found.get();
    return switch (revisions.history(set.revised())) {
      case ApiResult.Ok<History>(History history) -> reconcile(set, history);
      case ApiResult.Refused<History>(Status status) -> Outcome.of(status);
    };
  }

  private Outcome reconcile(DaemonView set, History history) throws InterruptedException {
    String hash = DaemonPods.hash(history.newest());
    DaemonPlan.Scene scene =
        new DaemonPlan.Scene(set, nodes(set.key().cluster()), owned(set), hash, context.now());
    DaemonPlan plan = DaemonPlan.of(scene);
    Duration wait = replacing.left(set.key(), plan.failed(), context.now());
    if (wait.isPositive()) {
      return writeStatus(scene, history, Optional.of(wait));
    }
    plan.failed().forEach(pod -> tell(set, pod));
    Optional<Status> refusal = writer.delete(set.owner(), plan.delete());
    if (refusal.isEmpty()) {
      List<ObjectNode> wanted =
          plan.create().stream().map(node -> DaemonPods.pod(set, history.newest(), node)).toList();
      refusal = writer.create(set.owner(), wanted);
    }
    Outcome written = writeStatus(scene, history, Optional.empty());
    return refusal.map(Outcome::of).orElse(written);
  }

  private void tell(DaemonView set, PodView pod) {
    boolean bad = pod.phase().equals("Failed");
    String message =
        "Found %s daemon pod %s/%s on node %s, will try to %s it"
            .formatted(
                bad ? "failed" : "succeeded",
                pod.key().namespace(),
                pod.name(),
                pod.node(),
                bad ? "kill" : "delete");
    if (bad) {
      events.warning(set.owner().subject(), "FailedDaemonPod", message);
    } else {
      events.normal(set.owner().subject(), "SucceededDaemonPod", message);
    }
  }

  private List<DaemonNode> nodes(String cluster) {
    return nodes.all().stream().filter(node -> grants.allows(cluster, node.pool())).toList();
  }

  private List<PodView> owned(DaemonView set) {
    String place = PodView.place(set.key().cluster(), set.key().namespace());
    return claims.of(
        set.owner(),
        set.selector(),
        pods.find(PodView.BY_OWNER, set.uid()),
        pods.find(PodView.BY_ORPHANAGE, place).stream().filter(PodView::active).toList());
  }

  private Outcome writeStatus(DaemonPlan.Scene scene, History history, Optional<Duration> again) {
    DaemonView set = scene.set();
    DaemonStatus status = DaemonPlan.status(scene, history.collisions());
    if (!status.equals(set.status())) {
      Optional<Outcome> failure = statuses.write(set.object(), status.toJson());
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    revisions.truncate(set.revised(), history, live(history, scene.pods()));
    return again
        .map(Outcome::requeueAfter)
        .orElseGet(() -> Ripening.next(scene.pods(), set.minReadySeconds(), scene.now()));
  }

  private static Set<String> live(History history, List<PodView> pods) {
    Set<String> hashes = pods.stream().map(DaemonPods::hash).collect(Collectors.toSet());
    Set<String> live = new HashSet<>();
    history.all().stream()
        .filter(r -> hashes.contains(DaemonPods.hash(r)))
        .forEach(r -> live.add(r.name()));
    return live;
  }
}
