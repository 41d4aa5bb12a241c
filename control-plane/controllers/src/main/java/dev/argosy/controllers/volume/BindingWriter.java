package dev.argosy.controllers.volume;

import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes into a claim and its volume that they belong together. */
final class BindingWriter {

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final Informer<VolumeView> volumes;
  private final OwnWrites writes;
  private final Clock clock;

  BindingWriter(
      ApiClient client,
      Informer<ClaimView> claims,
      Informer<VolumeView> volumes,
      OwnWrites writes,
      Clock clock) {
    this.client = client;
    this.claims = claims;
    this.volumes = volumes;
    this.writes = writes;
    this.clock = clock;
  }

  /** The first write that is missing; the next pass does the one after it. */
  Outcome bind(ClaimView claim, VolumeView volume) {
    if (volume.claim().filter(c -> !c.uid().isEmpty()).isEmpty()) {
      ObjectNode tree = volume.object().tree();
      tree.withObject("/spec").set("claimRef", LocalVolume.ref(claim));
      tree.withObject("/metadata").withObject("annotations").put(ClaimView.BY_US, "yes");
      return done(claim.key(), volumes, client.update(volume.key(), tree));
    }
    if (!volume.phase().equals("Bound")) {
      ObjectNode tree = volume.object().tree();
      tree.putObject("status").put("phase", "Bound");
      return done(claim.key(), volumes, client.updateStatus(volume.key(), tree));
    }
    if (claim.volume().isEmpty() || !completed(claim)) {
      ObjectNode tree = claim.object().tree();
      ObjectNode annotations = tree.withObject("/metadata").withObject("annotations");
      annotations.put(ClaimView.BOUND, "yes");
      if (claim.volume().isEmpty()) {
        annotations.put(ClaimView.BY_US, "yes");
        tree.withObject("/spec").put("volumeName", volume.name());
      }
      return done(claim.key(), claims, client.update(claim.key(), tree));
    }
    ObjectNode tree = claim.object().tree();
    JsonNode spec = volume.object().tree().path("spec");
    ObjectNode status = tree.putObject("status").put("phase", "Bound");
    status.set("accessModes", spec.path("accessModes"));
    status.set("capacity", spec.path("capacity"));
    return done(claim.key(), claims, client.updateStatus(claim.key(), tree));
  }

  private static boolean completed(ClaimView claim) {
    return claim.object().meta().annotations().containsKey(ClaimView.BOUND);
  }

  /** The size that the volume is to have from now on. */
  Outcome raise(ClaimView claim, VolumeView volume, String size) {
    ObjectNode tree = volume.object().tree();
    tree.withObject("/spec").withObject("capacity").put("storage", size);
    return done(claim.key(), volumes, client.update(volume.key(), tree));
  }

  /** That the volume's node has to let it grow to a size. */
  Outcome pending(ClaimView claim, String size) {
    ObjectNode tree = claim.object().tree();
    ObjectNode status = tree.withObject("/status");
    status.withObject("allocatedResources").put("storage", size);
    status.withObject("allocatedResourceStatuses").put("storage", "NodeResizePending");
    status
        .withArray("conditions")
        .addObject()
        .put("type", Growth.PENDING)
        .put("status", "True")
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put(
            "message",
            "Waiting for user to (re-)start a pod to finish file system resize of volume on"
                + " node.");
    return done(claim.key(), claims, client.updateStatus(claim.key(), tree));
  }

  /** Takes the chosen node from it. */
  Outcome elsewhere(ClaimView claim) {
    ObjectNode tree = claim.object().tree();
    tree.withObject("/metadata").withObject("annotations").remove(ClaimView.SELECTED_NODE);
    return done(claim.key(), claims, client.update(claim.key(), tree));
  }

  Outcome phase(ClaimView claim, String phase) {
    ObjectNode tree = claim.object().tree();
    tree.putObject("status").put("phase", phase);
    return done(claim.key(), claims, client.updateStatus(claim.key(), tree));
  }

  /** Notes who makes its volume; answers if that has to be seen first, or could not be done. */
  Optional<Outcome> provisioner(ClaimView claim, String name) {
    if (name.equals(claim.object().meta().annotations().get(ClaimView.PROVISIONER))) {
      return Optional.empty();
    }
    ObjectNode tree = claim.object().tree();
    tree.withObject("/metadata")
        .withObject("annotations")
        .put(ClaimView.PROVISIONER, name)
        .put("volume.beta.kubernetes.io/storage-provisioner", name);
    return Optional.of(done(claim.key(), claims, client.update(claim.key(), tree)));
  }

  private <T> Outcome done(ObjectKey key, Informer<T> informer, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(key, informer, written);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}
