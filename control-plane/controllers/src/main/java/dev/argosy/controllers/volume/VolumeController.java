package dev.argosy.controllers.volume;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in a volume's phase whether it is free, in use or left behind; deletes what is left behind
 * if its policy says so and the platform made it; lets a deleted one go when no claim has it.
 */
public final class VolumeController implements Reconciler {

  private static final String FINALIZER = "kubernetes.io/pv-protection";

  private final ApiClient client;
  private final Informer<VolumeView> volumes;

  private VolumeController(ControllerContext context) {
    this.client = context.client("persistentvolume-controller");
    this.volumes = context.informer(VolumeView.EVERYWHERE);
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    VolumeController controller = new VolumeController(context);
    controller.volumes.onChange(volume -> queue.add(volume.key()));
    context
        .informer(ClaimView.EVERYWHERE)
        .onChange(claim ->
            controller
                .volumes
                .find(
                    VolumeView.BY_CLAIM,
                    claim.key().cluster()
                        + "/"
                        + claim.key().namespace()
                        + "/"
                        + claim.key().name())
                .forEach(volume -> queue.add(volume.key())));
    return new ControllerLoop("persistentvolume-binder", queue, controller, 4);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<VolumeView> found = volumes.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    VolumeView volume = found.get();
    boolean left = leftBehind(volume);
    if (volume.object().meta().deleting()) {
      if (left && !volume.local() && !volume.phase().equals("Released")) {
        return write(volume, "Released"); // its driver waits for that
      }
      return left || volume.claim().isEmpty() ? letGo(volume) : Outcome.DONE;
    }
    if (left && volume.deletes() && volume.local()) {
      return Outcome.ofDeletion(
          client.delete(key, DeleteOptions.ofUid(volume.object().meta().uid())));
    }
    String phase = left ? "Released" : volume.claim().isEmpty() ? "Available" : volume.phase();
    return phase.equals(volume.phase()) ? Outcome.DONE : write(volume, phase);
  }

  /** Whether it was for a claim that is gone; the API is asked, since the image may be late. */
  private boolean leftBehind(VolumeView volume) {
    return volume
        .claim()
        .filter(c -> !c.uid().isEmpty())
        .filter(c ->
            client
                .get(
                    new ObjectKey(
                        Kinds.VOLUME_CLAIMS, volume.key().cluster(), c.namespace(), c.name()))
                .orAbsent()
                .filter(claim -> claim.meta().uid().equals(c.uid()))
                .isEmpty())
        .isPresent();
  }

  private Outcome write(VolumeView volume, String phase) {
    ObjectNode tree = volume.object().tree();
    tree.putObject("status").put("phase", phase);
    return outcome(client.updateStatus(volume.key(), tree));
  }

  private Outcome letGo(VolumeView volume) {
    if (!volume.object().meta().finalizers().contains(FINALIZER)) {
      return Outcome.DONE;
    }
    ObjectNode tree = volume.object().tree();
    ArrayNode kept = Json.mapper().createArrayNode();
    volume.object().meta().finalizers().stream()
        .filter(f -> !f.equals(FINALIZER))
        .forEach(kept::add);
    tree.withObject("/metadata").set("finalizers", kept);
    return outcome(client.update(volume.key(), tree));
  }

  private static Outcome outcome(ApiResult<ApiObject> result) {
    return result instanceof ApiResult.Refused<ApiObject>(Status status)
            && status.reason() != dev.argosy.model.status.Reason.NOT_FOUND
        ? Outcome.of(status)
        : Outcome.DONE;
  }
}
