package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Writes what becomes of a claim for which a volume is made, and tells of it. */
final class ProvisionWriter {

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final Informer<CsiVolume> volumes;
  private final OwnWrites writes;
  private final EventRecorder events;

  ProvisionWriter(
      ApiClient client,
      Informer<ClaimView> claims,
      Informer<CsiVolume> volumes,
      OwnWrites writes,
      EventRecorder events) {
    this.client = client;
    this.claims = claims;
    this.volumes = volumes;
    this.writes = writes;
    this.events = events;
  }

  /** Keeps a claim that is to be copied; answers what to do instead if that may not be yet. */
  Optional<Outcome> protect(ClaimView source) {
    if (Finalizers.has(source.object(), CloneProtection.FINALIZER)) {
      return Optional.empty();
    }
    ObjectNode tree = Finalizers.with(source.object(), CloneProtection.FINALIZER);
    return client.update(source.key(), tree) instanceof ApiResult.Refused<ApiObject>(Status status)
        ? Optional.of(new Outcome.Retry(status.message()))
        : Optional.empty();
  }

  /** Before the driver is asked; answers what to do instead if that may not be yet. */
  Optional<Outcome> begin(ClaimView claim) {
    if (!claim.deleting()) {
      events.normal(
          claim.owner().subject(),
          "Provisioning",
          "External provisioner is provisioning volume for claim \"%s/%s\""
              .formatted(claim.key().namespace(), claim.key().name()));
    }
    if (Finalizers.has(claim.object(), ProvisionController.FINALIZER)) {
      return Optional.empty();
    }
    ObjectNode tree = Finalizers.with(claim.object(), ProvisionController.FINALIZER);
    return switch (client.update(claim.key(), tree)) {
      case ApiResult.Ok<ApiObject>(ApiObject kept) -> {
        writes.expect(claim.key(), claims, kept);
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Optional.of(Outcome.DONE);
      case ApiResult.Refused<ApiObject>(Status status) ->
          Optional.of(new Outcome.Retry(status.message()));
    };
  }

  /**
   * The driver has made it. That of a claim that is being deleted goes as others do.
   *
   * @param undo what to do instead if the claim is being deleted and its cluster takes nothing more
   */
  Outcome made(ClaimView claim, ObjectNode volume, Supplier<Outcome> undo) {
    ResourceScope scope = ResourceScope.cluster(Kinds.VOLUMES, claim.key().cluster());
    ApiResult<ApiObject> result = client.create(scope, volume);
    if (claim.deleting() && result.refusedFor(Reason.FORBIDDEN)) {
      return undo.get();
    }
    if (result instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.ALREADY_EXISTS) {
      return failed(claim, claim.storageClass(), "Error saving volume: " + status.message());
    }
    if (result instanceof ApiResult.Ok<ApiObject>(ApiObject made)) {
      writes.expect(claim.key(), volumes, made);
      events.normal(
          claim.owner().subject(),
          "ProvisioningSucceeded",
          "Successfully provisioned volume " + made.name());
    }
    return Outcome.requeueAfter(java.time.Duration.ZERO);
  }

  /** Nothing is under way for the claim any more. */
  Outcome settle(ClaimView claim) {
    return update(claim, Finalizers.without(claim.object(), ProvisionController.FINALIZER));
  }

  /** To be tried again. */
  Outcome failed(ClaimView claim, String storage, String why) {
    tell(claim, storage, why);
    return new Outcome.Retry(why);
  }

  /** Not to be tried again until something changes. */
  Outcome refused(ClaimView claim, String storage, String why) {
    tell(claim, storage, why);
    return Finalizers.has(claim.object(), ProvisionController.FINALIZER) && claim.deleting()
        ? settle(claim)
        : Outcome.DONE;
  }

  /** The chosen node has no room: another is to be chosen. */
  Outcome elsewhere(ClaimView claim, String storage, String why) {
    tell(claim, storage, why);
    Optional<ApiObject> live = client.get(claim.key()).orAbsent();
    if (live.isEmpty()) {
      return Outcome.DONE;
    }
    ObjectNode tree = live.get().tree();
    tree.withObject("/metadata").withObject("annotations").remove(ClaimView.SELECTED_NODE);
    return update(claim, tree);
  }

  private void tell(ClaimView claim, String storage, String why) {
    events.warning(
        claim.owner().subject(),
        "ProvisioningFailed",
        "failed to provision volume with StorageClass \"" + storage + "\": " + why);
  }

  private Outcome update(ClaimView claim, ObjectNode tree) {
    ObjectKey key = claim.key();
    return switch (client.update(key, tree)) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(key, claims, written);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> new Outcome.Retry(status.message());
    };
  }
}
