package dev.argosy.controllers.csi.expand;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes into claims and volumes how far their growth is, and tells of it. */
final class ExpandWriter {

  private static final String RESIZING = "Resizing";
  private static final String PENDING = "FileSystemResizePending";
  private static final String RESIZER = "volume.kubernetes.io/storage-resizer";

  /** Where its own writes come back. */
  record Images(Informer<ClaimView> claims, Informer<CsiVolume> volumes, OwnWrites writes) {}

  private final ApiClient client;
  private final Images images;
  private final EventRecorder events;
  private final Clock clock;

  ExpandWriter(ApiClient client, Images images, EventRecorder events, Clock clock) {
    this.client = client;
    this.images = images;
    this.events = events;
    this.clock = clock;
  }

  /** Somebody else has the driver asked. */
  Outcome handOver(ClaimView claim, CsiVolume volume) {
    if (!volume.driver().equals(claim.object().meta().annotations().get(RESIZER))) {
      ObjectNode patch = Json.object();
      patch.putObject("metadata").putObject("annotations").put(RESIZER, volume.driver());
      if (client.patch(claim.key(), "", Patch.merge(patch))
          instanceof ApiResult.Refused<ApiObject>(Status status)) {
        return Outcome.of(status);
      }
    }
    events.normal(
        claim.owner().subject(),
        "ExternalExpanding",
        "waiting for an external controller to expand this PVC");
    return Outcome.DONE;
  }

  /** Before the driver is asked; answers what to do instead if that may not be. */
  Optional<Outcome> begin(ClaimView claim, CsiVolume volume) {
    JsonNode status = claim.object().content().path("status");
    boolean said =
        status.at("/allocatedResourceStatuses/storage").asString("").equals(Expansion.IN_PROGRESS)
            && Quantity.parse(status.at("/allocatedResources/storage").asString("0"))
                .equals(claim.request());
    if (said) {
      return Optional.empty();
    }
    events.normal(
        claim.owner().subject(), RESIZING, "External resizer is resizing volume " + volume.name());
    Outcome written =
        write(
            claim,
            stage(claim, Expansion.IN_PROGRESS),
            all -> Condition.with(Condition.without(all, PENDING), condition(RESIZING, "")));
    return written instanceof Outcome.Done ? Optional.empty() : Optional.of(written);
  }

  /**
   * The volume is as large as this now.
   *
   * @param node whether the node has to do its part
   */
  Outcome grown(ClaimView claim, CsiVolume volume, long bytes, boolean node) {
    String size = Quantity.ofBytes(bytes).toString();
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", volume.object().meta().uid());
    patch.putObject("spec").putObject("capacity").put("storage", size);
    switch (client.patch(volume.key(), "", Patch.merge(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject written) ->
          images.writes().expect(claim.key(), images.volumes(), written);
      case ApiResult.Refused<ApiObject>(Status status) -> {
        return Outcome.of(status);
      }
    }
    if (node) {
      return nodePending(claim);
    }
    events.normal(claim.owner().subject(), "VolumeResizeSuccessful", "Resize volume succeeded");
    ObjectNode status = Json.object();
    status.putObject("capacity").put("storage", size);
    status.putNull("allocatedResourceStatuses");
    status.putObject("allocatedResources").put("storage", claim.request().toString());
    return write(
        claim, status, all -> Condition.without(Condition.without(all, RESIZING), PENDING));
  }

  /** The rest is the node's. */
  Outcome nodePending(ClaimView claim) {
    events.normal(
        claim.owner().subject(),
        "FileSystemResizeRequired",
        "Require file system resize of volume on node");
    return write(
        claim,
        stage(claim, Expansion.NODE_PENDING),
        all ->
            Condition.with(
                Condition.without(all, RESIZING),
                condition(
                    PENDING,
                    "Waiting for user to (re-)start a pod to finish file system resize of volume"
                        + " on node.")));
  }

  /** To be tried again. */
  Outcome failed(ClaimView claim, CsiVolume volume, String why) {
    tell(claim, volume, why);
    return new Outcome.Retry(why);
  }

  /** Not to be tried again until the claim asks for something else. */
  Outcome infeasible(ClaimView claim, CsiVolume volume, String why) {
    tell(claim, volume, why);
    return write(
        claim, stage(claim, Expansion.INFEASIBLE), all -> Condition.without(all, RESIZING));
  }

  private void tell(ClaimView claim, CsiVolume volume, String why) {
    events.warning(
        claim.owner().subject(),
        "VolumeResizeFailed",
        "resize volume \"%s\" by resizer \"%s\" failed: %s"
            .formatted(volume.name(), volume.driver(), why));
  }

  private Condition condition(String type, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Condition(type, "True", "", message, "", now);
  }

  private static ObjectNode stage(ClaimView claim, String stage) {
    ObjectNode status = Json.object();
    status.putObject("allocatedResources").put("storage", claim.request().toString());
    status.putObject("allocatedResourceStatuses").put("storage", stage);
    return status;
  }

  private Outcome write(
      ClaimView claim, ObjectNode status, UnaryOperator<List<Condition>> conditions) {
    Optional<ApiObject> live = client.get(claim.key()).orAbsent();
    if (live.isEmpty() || !live.get().meta().uid().equals(claim.uid())) {
      return Outcome.DONE;
    }
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("resourceVersion", Long.toString(live.get().revision()));
    patch.set("status", status);
    List<Condition> next = conditions.apply(Condition.read(live.get().content().path("status")));
    Condition.write(status.putArray("conditions"), next);
    return switch (client.patch(claim.key(), "status", Patch.merge(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        images.writes().expect(claim.key(), images.claims(), written);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status refused) -> Outcome.of(refused);
    };
  }
}
