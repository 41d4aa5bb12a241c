package dev.argosy.agent.csi.volume;

import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Waits until the control plane has attached a volume to this node: the VolumeAttachment says so,
 * and so does the node's status, from which it goes before it is detached.
 */
final class Attachments implements AutoCloseable {

  private static final GroupResource ATTACHMENTS =
      new GroupResource("storage.k8s.io", "volumeattachments");
  private static final int LOOK_MILLIS = 250;

  private final ApiClient api;
  private final String node;
  private final Duration patience;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param patience how long one waits before one says so
   */
  Attachments(ApiClient api, String node, Duration patience) {
    this.api = api;
    this.node = node;
    this.patience = patience;
  }

  /** By Kubernetes' rule. */
  static String name(CsiVolume volume, String node) {
    return "csi-" + Digest.of(volume.handle() + volume.driver() + node);
  }

  /** What the driver's controller said when it was attached. */
  Map<String, String> await(String cluster, CsiVolume volume) throws ConfigFailure {
    ObjectKey key = new ObjectKey(ATTACHMENTS, cluster, "", name(volume, node));
    for (long left = patience.toMillis(); ; left -= LOOK_MILLIS) {
      Optional<Map<String, String>> found = look(key, volume);
      if (found.isPresent()) {
        return found.get();
      }
      if (left <= 0 || stopped()) {
        throw new ConfigFailure(
            "volume attachment %s for %s: not attached to node %s yet"
                .formatted(key.name(), volume.handle(), node));
      }
    }
  }

  private boolean stopped() {
    try {
      return closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Optional<Map<String, String>> look(ObjectKey key, CsiVolume volume) throws ConfigFailure {
    return switch (api.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject found) -> look(found, volume);
      case ApiResult.Refused<ApiObject> refused
          when refused.refusedFor(dev.argosy.model.status.Reason.NOT_FOUND) ->
          Optional.empty();
      case ApiResult.Refused<ApiObject>(Status s) -> throw new ConfigFailure(s.message());
    };
  }

  private Optional<Map<String, String>> look(ApiObject attachment, CsiVolume volume)
      throws ConfigFailure {
    JsonNode status = attachment.tree().path("status");
    boolean leaves = attachment.tree().path("metadata").hasNonNull("deletionTimestamp");
    if (status.path("attached").asBoolean(false) && !leaves && reported(volume)) {
      Map<String, String> metadata = new HashMap<>();
      status
          .path("attachmentMetadata")
          .properties()
          .forEach(e -> metadata.put(e.getKey(), e.getValue().asString("")));
      return Optional.of(metadata);
    }
    String error = status.path("attachError").path("message").asString("");
    if (!error.isEmpty()) {
      throw new ConfigFailure("attachment failed: " + error);
    }
    return Optional.empty();
  }

  private boolean reported(CsiVolume volume) {
    return api.get(new ObjectKey(NodeIdentity.NODES, NodeIdentity.ROOT, "", node))
        .orAbsent()
        .map(found -> found.tree().path("status").path("volumesAttached"))
        .filter(all ->
            all.valueStream().anyMatch(v -> v.path("name").asString("").equals(volume.unique())))
        .isPresent();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
