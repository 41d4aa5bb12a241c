package dev.argosy.controllers.statefulset;

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
import dev.argosy.controllers.workload.Ripening;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps the numbered pods that StatefulSets ask for. */
public final class StatefulSetController implements Reconciler {

  private static final String NAME = "statefulset-controller";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<SetView> sets;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final Claims<PodView> adoption;
  private final RevisionWriter revisions;
  private final ClaimWriter claims;
  private final SetWriter writer;
  private final StatusWriter<SetView> statuses;

  private StatefulSetController(ControllerContext context) {
    ApiClient client = context.client(NAME);
    EventRecorder events = context.events(NAME);
    this.context = context;
    this.sets = context.informer(SetView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.adoption = new Claims<>(client, pods, PodView::object, writes);
    this.revisions = new RevisionWriter(client, context.informer(RevisionView.EVERYWHERE), writes);
    this.claims = new ClaimWriter(client, context.informer(ClaimView.EVERYWHERE), writes, events);
    this.writer = new SetWriter(client, pods, writes, events, claims);
    this.statuses = new StatusWriter<>(client, sets, writes);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    StatefulSetController controller = new StatefulSetController(context);
    controller.sets.onChange(set -> queue.add(set.key()));
    controller.pods.onChange(pod -> controller.setsOf(pod).forEach(queue::add));
    return new ControllerLoop("statefulset", queue, controller, 16);
  }

  private List<ObjectKey> setsOf(PodView pod) {
    ObjectKey key = pod.key();
    Optional<OwnerReference> owner = pod.object().meta().controller();
    if (owner.isPresent()) {
      return owner.get().kind().equals("StatefulSet")
          ? List.of(
              new ObjectKey(
                  Kinds.STATEFUL_SETS, key.cluster(), key.namespace(), owner.get().name()))
          : List.of();
    }
    return SetView.BY_SELECTOR
        .matching(sets, pod.object())
        .filter(set -> set.ordinal(pod.name()).isPresent())
        .map(SetView::key)
        .toList();
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<SetView> found = sets.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    SetView set = found.get();
    return switch (revisions.history(set.revised())) {
      case ApiResult.Ok<History>(History history) -> reconcile(set, history);
      case ApiResult.Refused<History>(Status status) -> Outcome.of(status);
    };
  }

  private Outcome reconcile(SetView set, History history) {
    Instant now = context.now();
    List<PodView> mine = owned(set);
    List<Step> steps = SetPlan.of(set, history, mine, own -> claims.owned(set, own), now);
    SetStatus status = Progress.status(set, history, mine, steps, now);
    Optional<Outcome> failure = writer.apply(set, history, steps);
    if (!status.equals(set.status())) {
      Optional<Outcome> unwritten = statuses.write(set.object(), status.toJson());
      failure = failure.or(() -> unwritten);
    }
    if (failure.isPresent()) {
      return failure.get();
    }
    revisions.truncate(set.revised(), history, live(status, mine));
    return Ripening.next(mine, set.minReadySeconds(), now);
  }

  private static Set<String> live(SetStatus status, List<PodView> pods) {
    Set<String> live = new HashSet<>(List.of(status.currentRevision(), status.updateRevision()));
    pods.forEach(pod -> live.add(SetPods.revision(pod)));
    return live;
  }

  /** Only names that the set itself would give are taken in. */
  private List<PodView> owned(SetView set) {
    String place = PodView.place(set.key().cluster(), set.key().namespace());
    List<PodView> orphans =
        pods.find(PodView.BY_ORPHANAGE, place).stream()
            .filter(pod -> pod.active() && set.ordinal(pod.name()).isPresent())
            .toList();
    return adoption
        .of(set.owner(), set.selector(), pods.find(PodView.BY_OWNER, set.uid()), orphans)
        .stream()
        .filter(pod -> set.ordinal(pod.name()).isPresent())
        .toList();
  }
}
