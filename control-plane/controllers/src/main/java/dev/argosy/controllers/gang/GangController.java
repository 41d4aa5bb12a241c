package dev.argosy.controllers.gang;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes into PodGroups what becomes of their pods. */
public final class GangController implements Reconciler {

  private static final String NAME = "gang-controller";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ControllerContext context;
  private final Informer<GroupView> groups;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final StatusWriter<GroupView> statuses;
  private final EventRecorder events;

  private GangController(ControllerContext context) {
    this.context = context;
    this.groups = context.informer(GroupView.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.statuses = new StatusWriter<>(context.client(NAME), groups, writes);
    this.events = context.events(NAME);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    GangController controller = new GangController(context);
    controller.groups.onChange(group -> queue.add(group.key()));
    controller.pods.addHandler(new PodHandler(queue));
    return new ControllerLoop("gang", queue, controller, 4);
  }

  private record PodHandler(KeyQueue queue) implements InformerHandler<PodView> {

    @Override
    public void added(PodView pod) {
      GroupView.named(pod).ifPresent(queue::add);
    }

    @Override
    public void updated(PodView old, PodView pod) {
      added(pod);
      if (!old.gang().equals(pod.gang())) {
        added(old);
      }
    }

    @Override
    public void deleted(PodView pod) {
      added(pod);
    }
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<GroupView> found = groups.get(key).filter(g -> !g.object().meta().deleting());
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    GroupView group = found.get();
    String gang = PodView.place(key.cluster(), key.namespace()) + "/" + key.name();
    List<PodView> mine = List.copyOf(pods.find(PodView.BY_GANG, gang));
    GroupStatus status = group.status().then(group.least(), mine, context.now());
    status
        .stuck(group.least(), mine)
        .ifPresent(why -> events.warning(group.subject(), "GangIncomplete", why));
    return status.equals(group.status())
        ? Outcome.DONE
        : statuses.write(group.object(), status.toJson()).orElse(Outcome.DONE);
  }
}
