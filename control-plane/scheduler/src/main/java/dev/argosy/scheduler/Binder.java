package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.volume.PodClaims;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the API what was decided, in the background: bindings, and why a pod waits. Each call has a
 * virtual thread of its own, so many at a time.
 */
final class Binder {

  /** What came of a binding. */
  sealed interface Outcome {

    /** The pod is bound to the node that was chosen. */
    record Bound() implements Outcome {}

    /** It is not, and will not be by this binding. */
    record NotBound(String why) implements Outcome {}

    /** It cannot be found out now; the node's room must stay taken. */
    record Unknown(String why) implements Outcome {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Binder.class);
  private static final int AT_ONCE = 64;

  private final ApiClient client;
  private final PodClaims claims;
  private final EventRecorder events;
  private final ExtenderCalls extenders;
  private final Clock clock;
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean closed;

  Binder(
      ApiClient client,
      PodClaims claims,
      EventRecorder events,
      ExtenderCalls extenders,
      Clock clock) {
    this.client = client;
    this.claims = claims;
    this.events = events;
    this.extenders = extenders;
    this.clock = clock;
  }

  /** Calls that are on their way. */
  int running() {
    return running.get();
  }

  void bind(PodView pod, String node, Consumer<Outcome> then) {
    Optional<ExtenderClient> other = extenders.binder(pod);
    if (other.isPresent()) {
      extenders.bind(
          other.get(),
          pod,
          node,
          () -> claims.choose(pod, node),
          why -> then.accept(boundByOther(pod, node, why)));
    } else {
      inBackground(() -> then.accept(bindNow(pod, node)));
    }
  }

  /** Finds out what came of a binding whose outcome was unknown. */
  void check(PodView pod, String node, Consumer<Outcome> then) {
    inBackground(() -> then.accept(look(pod, node, "still unknown")));
  }

  private void inBackground(Runnable call) {
    running.incrementAndGet();
    Thread.ofVirtual()
        .name("bind")
        .start(() -> {
          slots.acquireUninterruptibly();
          try {
            if (!closed) {
              call.run();
            }
          } finally {
            slots.release();
            running.decrementAndGet();
          }
        });
  }

  /** Lets no new call begin and waits a little for those under way. */
  void close() {
    closed = true;
    try {
      if (!slots.tryAcquire(AT_ONCE, 2, TimeUnit.SECONDS)) {
        LOG.warn("{} calls were still under way", running.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome bindNow(PodView pod, String node) {
    ObjectNode binding = Json.object();
    binding.put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", pod.key().name()).put("uid", pod.uid());
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    try {
      Optional<String> problem = claims.choose(pod, node);
      if (problem.isPresent()) {
        return new Outcome.NotBound(problem.get());
      }
      return switch (client.post(pod.key(), "binding", binding)) {
        case ApiResult.Ok<ObjectNode> ok -> {
          announce(pod, node);
          yield new Outcome.Bound();
        }
        case ApiResult.Refused<ObjectNode>(Status status) when status.code() < 500 ->
            new Outcome.NotBound(status.message());
        case ApiResult.Refused<ObjectNode>(Status status) -> look(pod, node, status.message());
      };
    } catch (RuntimeException e) {
      return look(pod, node, e.toString());
    }
  }

  private void announce(PodView pod, String node) {
    String name = pod.key().namespace() + "/" + pod.key().name();
    events.normal(pod.subject(), "Scheduled", "Successfully assigned " + name + " to " + node);
  }

  private Outcome boundByOther(PodView pod, String node, String why) {
    Outcome outcome = look(pod, node, why.isEmpty() ? "its extender did not bind it" : why);
    if (outcome instanceof Outcome.Bound) {
      announce(pod, node);
    }
    return outcome;
  }

  private Outcome look(PodView pod, String node, String why) {
    try {
      Optional<ApiObject> now = client.get(pod.key()).orAbsent();
      boolean bound =
          now.filter(p -> p.meta().uid().equals(pod.uid()))
              .filter(p -> PodView.of(p).node().equals(node))
              .isPresent();
      return bound ? new Outcome.Bound() : new Outcome.NotBound(why);
    } catch (RuntimeException e) {
      return new Outcome.Unknown(why);
    }
  }

  /**
   * Says why the pod waits: an event, its condition PodScheduled, and the node where room is made
   * for it, if any. With the condition, and only then, an annotation says it for programs.
   *
   * @param detail that annotation; empty if there is none
   */
  void tellUnschedulable(PodView pod, String message, String detail, String nominated) {
    if (!message.isEmpty()) {
      events.warning(pod.subject(), "FailedScheduling", message);
    }
    if (!pod.told().equals(message) || !pod.rank().nominated().equals(nominated)) {
      inBackground(() -> writeStatus(pod, message, detail, nominated));
    }
  }

  private void writeStatus(PodView pod, String message, String detail, String nominated) {
    ObjectNode patch = Json.object();
    ObjectNode metadata = patch.putObject("metadata").put("uid", pod.uid());
    if (!message.isEmpty() && !pod.told().equals(message)) {
      metadata
          .putObject("annotations")
          .put(Unschedulable.ANNOTATION, detail.isEmpty() ? null : detail);
    }
    ObjectNode status = patch.putObject("status");
    if (!pod.rank().nominated().equals(nominated)) {
      status.put("nominatedNodeName", nominated.isEmpty() ? null : nominated);
    }
    if (!message.isEmpty()) {
      condition(status, "PodScheduled", "False", "Unschedulable", message);
    }
    write(pod, patch);
  }

  private void condition(
      ObjectNode status, String type, String value, String reason, String message) {
    status
        .putArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", value)
        .put("reason", reason)
        .put("message", message)
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private void write(PodView pod, ObjectNode patch) {
    try {
      if (client.patch(pod.key(), "status", Patch.strategic(patch))
          instanceof ApiResult.Refused<ApiObject>(Status status)) {
        LOG.debug("{}: status refused: {}", pod.key(), status.message());
      }
    } catch (RuntimeException e) {
      LOG.warn("{}: status not written: {}", pod.key(), e.toString());
    }
  }

  /** Ends a pod in favor of another one; calls back if that does not come about. */
  void evict(PodView victim, PodView pod, String node, Runnable failed) {
    inBackground(() -> {
      if (!evictNow(victim, pod, node)) {
        failed.run();
      }
    });
  }

  private boolean evictNow(PodView victim, PodView pod, String node) {
    return endNow(
        victim,
        new Ending(
            "PreemptionByScheduler",
            PodView.SCHEDULER + ": " + why(victim, pod),
            "Preempted",
            told(victim, pod, node)));
  }

  /** Ends a member of a gang that does not become whole, so that all of it can begin anew. */
  void end(PodView member, String why) {
    inBackground(() -> endNow(member, new Ending("GangIncomplete", why, "GangIncomplete", why)));
  }

  /** What the pod's condition DisruptionTarget says, and an event once it is deleted. */
  private record Ending(String reason, String message, String event, String text) {}

  private boolean endNow(PodView pod, Ending ending) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", pod.uid());
    condition(
        patch.putObject("status"), "DisruptionTarget", "True", ending.reason(), ending.message());
    write(pod, patch);
    try {
      Optional<ApiObject> gone =
          client.delete(pod.key(), DeleteOptions.ofUid(pod.uid())).orAbsent();
      if (gone.isPresent()) {
        events.normal(pod.subject(), ending.event(), ending.text());
      }
      return true;
    } catch (RuntimeException e) {
      LOG.info("{} was not ended: {}", pod.key(), e.toString());
      return false;
    }
  }

  private static String why(PodView victim, PodView pod) {
    return sameCluster(victim, pod)
        ? "preempting to accommodate a higher priority pod"
        : "reclaiming what tenant " + victim.key().cluster() + " has beyond its guarantee";
  }

  /** What is read by the victim's tenant, which must not hear of others. */
  private static String told(PodView victim, PodView pod, String node) {
    return sameCluster(victim, pod)
        ? "Preempted by pod " + pod.uid() + " on node " + node
        : "Preempted on node "
            + node
            + ": tenant "
            + victim.key().cluster()
            + " has more than is guaranteed to it, and what it borrowed is needed";
  }

  private static boolean sameCluster(PodView victim, PodView pod) {
    return victim.key().cluster().equals(pod.key().cluster());
  }
}
