package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the volume claims of a StatefulSet's pods, and sees to it that they go when they should.
 */
final class ClaimWriter {

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final OwnWrites writes;
  private final EventRecorder events;

  ClaimWriter(
      ApiClient client, Informer<ClaimView> claims, OwnWrites writes, EventRecorder events) {
    this.client = client;
    this.claims = claims;
    this.writes = writes;
    this.events = events;
  }

  /** Makes the claims that a pod lacks; answers why it could not, or must wait. */
  Optional<Outcome> complete(SetView set, int ordinal) {
    for (String template : set.claims()) {
      Optional<ClaimView> present = claims.get(SetPods.claimKey(set, template, ordinal));
      if (present.filter(c -> c.object().meta().deleting()).isPresent()) {
        return Optional.of(new Outcome.Retry("a claim is being deleted"));
      }
      Optional<Outcome> failure =
          present.isPresent() ? Optional.empty() : make(set, template, ordinal);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> make(SetView set, String template, int ordinal) {
    ApiResult<ApiObject> result =
        client.create(
            set.owner().beside(Kinds.VOLUME_CLAIMS), SetPods.claim(set, template, ordinal));
    String what =
        "create Claim %s Pod %s-%d in StatefulSet %s "
            .formatted(set.claimName(template, ordinal), set.name(), ordinal, set.name());
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> {
        writes.expect(set.key(), claims, made);
        events.normal(set.owner().subject(), "SuccessfulCreate", what + "success");
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.ALREADY_EXISTS ->
          Optional.empty();
      case ApiResult.Refused<ApiObject>(Status status) -> {
        events.warning(
            set.owner().subject(), "FailedCreate", what + "failed error: " + status.message());
        yield Optional.of(Outcome.of(status));
      }
    };
  }

  /** Whether the claims of a pod have the owners that the retention policy wants. */
  boolean owned(SetView set, Step.Own step) {
    return set.claims().stream()
        .flatMap(t -> claims.get(SetPods.claimKey(set, t, step.ordinal())).stream())
        .allMatch(claim ->
            claim.ownedBy(set.uid()) == wantsSet(set, step)
                && claim.ownedBy(step.pod().uid()) == wantsPod(set, step));
  }

  private static boolean wantsSet(SetView set, Step.Own step) {
    return set.retention().withSet() && !wantsPod(set, step);
  }

  private static boolean wantsPod(SetView set, Step.Own step) {
    return set.retention().withPod() && step.surplus();
  }

  Optional<Outcome> own(SetView set, Step.Own step) {
    for (String template : set.claims()) {
      Optional<ClaimView> claim = claims.get(SetPods.claimKey(set, template, step.ordinal()));
      Optional<Outcome> failure = claim.flatMap(c -> own(set, step, c.object()));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> own(SetView set, Step.Own step, ApiObject claim) {
    ObjectNode patch = Json.object();
    ObjectNode meta = patch.putObject("metadata").put("uid", claim.meta().uid());
    meta.put("resourceVersion", Long.toString(claim.revision()));
    ArrayNode owners = meta.putArray("ownerReferences");
    for (OwnerReference other : claim.meta().ownerReferences()) {
      if (!other.uid().equals(set.uid()) && !other.uid().equals(step.pod().uid())) {
        owners
            .addObject()
            .put("apiVersion", other.apiVersion())
            .put("kind", other.kind())
            .put("name", other.name())
            .put("uid", other.uid())
            .put("controller", other.controller())
            .put("blockOwnerDeletion", other.blockOwnerDeletion());
      }
    }
    if (wantsSet(set, step)) {
      owners.add(set.owner().reference());
    }
    if (wantsPod(set, step)) {
      owners
          .addObject()
          .put("apiVersion", "v1")
          .put("kind", "Pod")
          .put("name", step.pod().name())
          .put("uid", step.pod().uid());
    }
    return switch (client.patch(claim.key(), "", Patch.merge(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(set.key(), claims, written);
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) -> Optional.of(Outcome.of(status));
    };
  }
}
