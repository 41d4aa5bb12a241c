package dev.argosy.controllers.csi.publish;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes into attachments and their volumes what becomes of them. */
final class PublishWriter {

  /** What the node is to the driver: its CSINode may be gone when the volume is taken back. */
  static final String NODE_ID = "csi.alpha.kubernetes.io/node-id";

  private static final int LONGEST = 1024;

  private final ApiClient client;
  private final Informer<AttachmentView> attachments;
  private final Informer<CsiVolume> volumes;
  private final OwnWrites writes;
  private final Clock clock;

  PublishWriter(
      ApiClient client,
      Informer<AttachmentView> attachments,
      Informer<CsiVolume> volumes,
      OwnWrites writes,
      Clock clock) {
    this.client = client;
    this.attachments = attachments;
    this.volumes = volumes;
    this.writes = writes;
    this.clock = clock;
  }

  /** Keeps both from going until they are let go; answers why they could not be kept. */
  Optional<Outcome> keep(AttachmentView attachment, CsiVolume volume, String nodeId) {
    String finalizer = Finalizers.attacher(volume.driver());
    if (!Finalizers.has(volume.object(), finalizer)) {
      ApiResult<ApiObject> kept =
          client.update(volume.key(), Finalizers.with(volume.object(), finalizer));
      if (kept instanceof ApiResult.Refused<ApiObject>(Status status)) {
        return Optional.of(new Outcome.Retry(status.message()));
      }
      writes.expect(attachment.key(), volumes, kept.orThrow());
    }
    ApiObject object = attachment.object();
    if (Finalizers.has(object, finalizer)
        && nodeId.equals(object.meta().annotations().get(NODE_ID))) {
      return Optional.empty();
    }
    ObjectNode tree =
        Finalizers.has(object, finalizer) ? object.tree() : Finalizers.with(object, finalizer);
    tree.withObject("/metadata").withObject("annotations").put(NODE_ID, nodeId);
    ApiResult<ApiObject> kept = client.update(object.key(), tree);
    if (kept instanceof ApiResult.Refused<ApiObject>(Status status)) {
      return Optional.of(new Outcome.Retry(status.message()));
    }
    writes.expect(attachment.key(), attachments, kept.orThrow());
    return Optional.empty();
  }

  /**
   * It is attached.
   *
   * @param context what the driver has for the node
   */
  Outcome attached(AttachmentView attachment, @Nullable JsonNode context) {
    ObjectNode patch = patch(attachment);
    ObjectNode status = patch.putObject("status").put("attached", true);
    status.putNull("attachError");
    if (context != null && !context.isEmpty()) {
      status.set("attachmentMetadata", context.deepCopy());
    }
    return patched(attachment, patch);
  }

  /** It did not work out; the same is not written twice. */
  Outcome failed(AttachmentView attachment, String field, String why, Outcome then) {
    String message = shortened(why);
    JsonNode status = attachment.object().content().path("status");
    if (status.path(field).path("message").asString("").equals(message)) {
      return then;
    }
    ObjectNode patch = patch(attachment);
    patch
        .putObject("status")
        .put("attached", attachment.attached())
        .putObject(field)
        .put("message", message)
        .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return patched(attachment, patch) instanceof Outcome.Retry refused ? refused : then;
  }

  /** As many bytes as the API takes. */
  private static String shortened(String why) {
    boolean fits = why.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    return fits ? why : why.substring(0, Math.min(why.length(), LONGEST / 4));
  }

  /** Nothing keeps the attachment any more. */
  Outcome letGo(AttachmentView attachment) {
    String finalizer = Finalizers.attacher(attachment.attacher());
    return written(
        attachment.key(),
        attachments,
        client.update(attachment.key(), Finalizers.without(attachment.object(), finalizer)));
  }

  private static ObjectNode patch(AttachmentView attachment) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", attachment.object().meta().uid());
    return patch;
  }

  private Outcome patched(AttachmentView attachment, ObjectNode patch) {
    return written(
        attachment.key(),
        attachments,
        client.patch(attachment.key(), "status", Patch.merge(patch)));
  }

  private Outcome written(ObjectKey key, Informer<?> informer, ApiResult<ApiObject> result) {
    return switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> {
        writes.expect(key, informer, object);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> new Outcome.Retry(status.message());
    };
  }
}
