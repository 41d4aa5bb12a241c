package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.Autoscaler.Decision;
import dev.argosy.controllers.autoscale.Autoscaler.Look;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.runtime.StatusWriter;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Looks at each HorizontalPodAutoscaler every fifteen seconds, and when its spec changes.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/">
 *     Horizontal Pod Autoscaling</a>
 */
public final class AutoscaleController implements Reconciler {

  private static final String NAME = "horizontal-pod-autoscaler";
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int WORKERS = 16;

  private final ControllerContext context;
  private final ApiClient client;
  private final Informer<ScalerView> scalers;
  private final NamedKinds kinds;
  private final Autoscaler autoscaler;
  private final Selectors selectors;
  private final Places places = new Places();
  private final OwnWrites writes = new OwnWrites();
  private final StatusWriter<ScalerView> statuses;
  private final EventRecorder events;
  private final Map<ObjectKey, Memory> memories = new ConcurrentHashMap<>();

  /** What is remembered of an autoscaler. */
  private record Memory(String uid, Recent recent) {}

  private AutoscaleController(ControllerContext context, NamedKinds kinds) {
    this.context = context;
    this.client = context.client(NAME);
    this.scalers = context.informer(ScalerView.EVERYWHERE);
    this.kinds = kinds;
    this.selectors = new Selectors(key -> scalers.get(key).isPresent());
    this.autoscaler =
        new Autoscaler(
            context.informer(PodView.EVERYWHERE),
            new Measuring(new MetricsReader(client, kinds)),
            selectors);
    this.statuses = new StatusWriter<>(client, scalers, writes);
    this.events = context.events(NAME);
  }

  /**
   * @param builtin the resources that every cluster has
   */
  public static ControllerLoop create(
      ControllerContext context, Supplier<List<ResourceType>> builtin, CustomTypes custom) {
    KeyQueue queue = context.queue();
    AutoscaleController controller =
        new AutoscaleController(context, new NamedKinds(builtin, custom));
    controller.scalers.addHandler(controller.new Handler(queue));
    return new ControllerLoop("horizontal-pod-autoscaling", queue, controller, WORKERS);
  }

  /** What is only said of itself is no reason to look again. */
  private final class Handler implements InformerHandler<ScalerView> {
    private final KeyQueue queue;

    Handler(KeyQueue queue) {
      this.queue = queue;
    }

    @Override
    public void added(ScalerView scaler) {
      queue.add(scaler.key());
    }

    @Override
    public void updated(ScalerView old, ScalerView scaler) {
      if (!old.wish().equals(scaler.wish())) {
        queue.add(scaler.key());
      }
    }

    @Override
    public void deleted(ScalerView last) {
      forget(last.key());
    }
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    Optional<ScalerView> found = scalers.get(key).filter(s -> !s.object().meta().deleting());
    if (found.isEmpty()) {
      forget(key);
      return Outcome.DONE;
    }
    if (!writes.settled(key) || !places.take(key.cluster())) {
      return Outcome.requeueAfter(SOON);
    }
    try {
      return look(found.get());
    } finally {
      places.giveBack(key.cluster());
    }
  }

  private void forget(ObjectKey key) {
    memories.remove(key);
    selectors.forget(key);
  }

  private Outcome look(ScalerView scaler) {
    Instant now = context.now();
    ScalerStatus status = new ScalerStatus(scaler, now);
    Telling telling = new Telling(scaler, status, events);
    Outcome outcome =
        switch (TargetScale.of(client, kinds, scaler.key(), scaler.wish().target())) {
          case Reading.Found<TargetScale>(TargetScale scale) ->
              look(new Look(scaler, scale, status, telling), now);
          case Reading.Unknown<TargetScale>(String why) -> {
            telling.warning("FailedGetScale", why);
            status.condition(
                ScalerStatus.ABLE,
                false,
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + why);
            yield Outcome.requeueAfter(PERIOD);
          }
        };
    return status.unchanged()
        ? outcome
        : statuses.write(scaler.object(), status.toJson()).orElse(outcome);
  }

  private Outcome look(Look look, Instant now) {
    look.status()
        .condition(
            ScalerStatus.ABLE,
            true,
            "SucceededGetScale",
            "the HPA controller was able to get the target's current scale");
    ObjectKey key = look.scaler().key();
    String uid = look.scaler().object().meta().uid();
    Memory memory = memories.get(key);
    Recent recent = memory == null || !memory.uid().equals(uid) ? Recent.NOTHING : memory.recent();
    int current = look.scale().wanted();
    look.status().current(current);
    Decision decision = autoscaler.decide(look, recent, now);
    memories.put(key, new Memory(uid, decision.recent()));
    if (decision.replicas().isEmpty()) {
      return Outcome.requeueAfter(PERIOD);
    }
    int replicas = decision.replicas().get();
    if (replicas == current) {
      look.status().desired(current, false);
      return Outcome.requeueAfter(PERIOD);
    }
    return rescale(look, decision, replicas, now);
  }

  private Outcome rescale(Look look, Decision decision, int replicas, Instant now) {
    ScalerView scaler = look.scaler();
    String size = "New size: " + replicas + "; reason: " + decision.why();
    switch (look.scale().set(client, replicas)) {
      case ApiResult.Refused<ApiObject>(Status refused)
          when refused.reason() == Reason.CONFLICT -> {
        return Outcome.requeueAfter(SOON);
      }
      case ApiResult.Refused<ApiObject>(Status refused) -> {
        look.telling().warning("FailedRescale", size + "; error: " + refused.message());
        look.status()
            .condition(
                ScalerStatus.ABLE,
                false,
                "FailedUpdateScale",
                "the HPA controller was unable to update the target scale: " + refused.message());
        return Outcome.requeueAfter(PERIOD);
      }
      case ApiResult.Ok<ApiObject> done -> {
        look.telling().normal("SuccessfulRescale", size);
        look.status()
            .condition(
                ScalerStatus.ABLE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + replicas);
        look.status().desired(replicas, true);
        Duration kept = scaler.wish().longestPeriod();
        memories.computeIfPresent(
            scaler.key(),
            (key, memory) ->
                new Memory(
                    memory.uid(),
                    memory.recent().changed(replicas - look.scale().wanted(), now, kept)));
        return Outcome.requeueAfter(PERIOD);
      }
    }
  }
}
