package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.volume.PodClaims;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Binds pods to the nodes that were chosen, in the background. Any thread. */
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

  private final ApiClient client;
  private final PodClaims claims;
  private final EventRecorder events;
  private final ExtenderCalls extenders;
  private final Background background;

  Binder(
      ApiClient client,
      PodClaims claims,
      EventRecorder events,
      ExtenderCalls extenders,
      Background background) {
    this.client = client;
    this.claims = claims;
    this.events = events;
    this.extenders = extenders;
    this.background = background;
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
      background.run(() -> then.accept(bindNow(pod, node)));
    }
  }

  /** Finds out what came of a binding whose outcome was unknown. */
  void check(PodView pod, String node, Consumer<Outcome> then) {
    background.run(() -> then.accept(look(pod, node, "still unknown")));
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
}
