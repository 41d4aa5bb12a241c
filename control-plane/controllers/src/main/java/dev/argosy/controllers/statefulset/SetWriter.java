package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.revision.History;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the steps of a plan, one after the other. */
final class SetWriter {

  private final ApiClient client;
  private final Informer<PodView> pods;
  private final OwnWrites writes;
  private final EventRecorder events;
  private final ClaimWriter claims;

  SetWriter(
      ApiClient client,
      Informer<PodView> pods,
      OwnWrites writes,
      EventRecorder events,
      ClaimWriter claims) {
    this.client = client;
    this.pods = pods;
    this.writes = writes;
    this.events = events;
    this.claims = claims;
  }

  /** Answers what stopped it. */
  Optional<Outcome> apply(SetView set, History history, List<Step> steps) {
    for (Step step : steps) {
      Optional<Outcome> failure =
          switch (step) {
            case Step.Create(int ordinal) ->
                claims.complete(set, ordinal).or(() -> create(set, history, ordinal));
            case Step.Claim(int ordinal) -> claims.complete(set, ordinal);
            case Step.Delete(PodView pod) -> delete(set, pod);
            case Step.Label(PodView pod, int ordinal) -> label(set, pod, ordinal);
            case Step.Own own -> claims.own(set, own);
          };
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> create(SetView set, History history, int ordinal) {
    String what = "create Pod %s-%d in StatefulSet %s ".formatted(set.name(), ordinal, set.name());
    ObjectNode wanted = SetPods.pod(set, history, ordinal);
    return switch (client.create(set.owner().beside(Kinds.PODS), wanted)) {
      case ApiResult.Ok<ApiObject>(ApiObject pod) -> {
        writes.expect(set.key(), pods, pod);
        events.normal(set.owner().subject(), "SuccessfulCreate", what + "successful");
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) -> {
        if (status.reason() != Reason.ALREADY_EXISTS) {
          events.warning(
              set.owner().subject(), "FailedCreate", what + "failed error: " + status.message());
        }
        yield Optional.of(Outcome.of(status));
      }
    };
  }

  private Optional<Outcome> delete(SetView set, PodView pod) {
    ApiResult<ApiObject> result = client.delete(pod.key(), DeleteOptions.ofUid(pod.uid()));
    String what = "delete Pod %s in StatefulSet %s ".formatted(pod.name(), set.name());
    if (result instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.NOT_FOUND
        && status.reason() != Reason.CONFLICT) {
      events.warning(
          set.owner().subject(), "FailedDelete", what + "failed error: " + status.message());
      return Optional.of(Outcome.of(status));
    }
    ObjectKey key = pod.key();
    writes.expect(
        set.key(),
        pods,
        () -> pods.get(key).filter(p -> p.uid().equals(pod.uid()) && !p.deleting()).isEmpty());
    events.normal(set.owner().subject(), "SuccessfulDelete", what + "successful");
    return Optional.empty();
  }

  private Optional<Outcome> label(SetView set, PodView pod, int ordinal) {
    ObjectNode patch = Json.object();
    ObjectNode meta = patch.putObject("metadata").put("uid", pod.uid());
    meta.putObject("labels")
        .put(SetPods.NAME, pod.name())
        .put(SetPods.INDEX, Integer.toString(ordinal));
    return switch (client.patch(pod.key(), "", Patch.merge(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(set.key(), pods, written);
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) -> Optional.of(Outcome.of(status));
    };
  }
}
