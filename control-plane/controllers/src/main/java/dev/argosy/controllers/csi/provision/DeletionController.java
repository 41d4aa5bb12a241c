package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiNode;
import dev.argosy.controllers.csi.CsiSecrets;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.DriverController;
import dev.argosy.controllers.csi.DriverController.Answer;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.csi.Sites;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has volumes deleted that were made for claims that are gone, never while they are attached; lets
 * volumes go that nothing keeps any more. Keys are volumes.
 */
public final class DeletionController implements Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(DeletionController.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ApiClient client;
  private final Informer<CsiVolume> volumes;
  private final Informer<AttachmentView> attachments;
  private final CsiDrivers drivers;
  private final Sites sites;
  private final CsiSecrets secrets;
  private final EventRecorder events;
  private final OwnWrites writes = new OwnWrites();

  private DeletionController(ControllerContext context, DriverController port) {
    this.client = context.client("csi-provisioner");
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
    this.attachments = context.informer(AttachmentView.EVERYWHERE);
    this.drivers = new CsiDrivers(context);
    this.sites = new Sites(context, port);
    this.secrets = new CsiSecrets(client);
    this.events = context.events("csi-provisioner");
  }

  public static ControllerLoop create(ControllerContext context, DriverController port) {
    KeyQueue queue = context.queue();
    DeletionController controller = new DeletionController(context, port);
    controller.volumes.addHandler(new DeletionWakes(queue));
    controller.attachments.onChange(attachment -> {
      if (controller.attachments.get(attachment.key()).isEmpty()) {
        queue.add(
            new ObjectKey(Kinds.VOLUMES, attachment.object().cluster(), "", attachment.volume()));
      }
    });
    controller.drivers.onChange(driver -> controller.wake(driver, queue));
    context
        .informer(CsiNode.ALL)
        .onChange(
            node -> node.drivers().keySet().forEach(driver -> controller.wake(driver, queue)));
    return new ControllerLoop("csi-deletion", queue, controller, 4);
  }

  /** It is there, or there again. */
  private void wake(String driver, KeyQueue queue) {
    volumes.find(CsiVolume.BY_LAST_DRIVER, driver).forEach(volume -> queue.add(volume.key()));
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<CsiVolume> found = volumes.get(key).filter(v -> drivers.platform(v.driver()));
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    CsiVolume volume = found.get();
    List<AttachmentView> attached =
        attachments.find(
            AttachmentView.BY_VOLUME, AttachmentView.ofVolume(key.cluster(), volume.name()));
    boolean deleting = volume.object().meta().deleting();
    if (left(volume.object()) && made(volume) && !drivers.foreign(volume)) {
      return delete(volume, attached);
    }
    if (deleting && !volume.phase().equals("Bound") && attached.isEmpty()) {
      return letGo(volume.object(), volume);
    }
    return Outcome.DONE;
  }

  private static boolean made(CsiVolume volume) {
    return volume.driver().equals(volume.object().meta().annotations().get(NewVolume.MADE_BY));
  }

  /** Whether its claim is gone, and it is to go with it. */
  private static boolean left(ApiObject volume) {
    var tree = volume.content();
    return tree.at("/status/phase").asString("").equals("Released")
        && tree.at("/spec/persistentVolumeReclaimPolicy").asString("").equals("Delete");
  }

  private Outcome delete(CsiVolume volume, List<AttachmentView> attached) {
    if (!attached.isEmpty()) {
      tell(
          volume,
          "persistentvolume %s is still attached to node %s"
              .formatted(volume.name(), attached.getFirst().node()));
      return Outcome.DONE;
    }
    Optional<ApiObject> live =
        client
            .get(volume.key())
            .orAbsent()
            .filter(v -> v.meta().uid().equals(volume.object().meta().uid()));
    if (live.isEmpty() || !left(live.get())) {
      return Outcome.DONE;
    }
    if (live.get().meta().deleting() && !Finalizers.has(live.get(), Finalizers.PROVISIONER)) {
      return letGo(live.get(), volume);
    }
    return switch (sites.of(volume)) {
      case Sites.Found.None(Answer.Failed why) -> failed(volume, why.words());
      case Sites.Found.At(var site) -> {
        try {
          yield switch (site.call("DeleteVolume", request(volume))) {
            case Answer.Ok ok -> gone(live.get(), volume);
            case Answer.Failed why when why.code().equals("NOT_FOUND") -> gone(live.get(), volume);
            case Answer.Failed why -> failed(volume, why.words());
          };
        } catch (StatusException e) {
          yield failed(volume, e.status().message());
        }
      }
    };
  }

  private ObjectNode request(CsiVolume volume) {
    ObjectNode request = Json.object().put("volumeId", volume.handle());
    Map<String, String> annotations = volume.object().meta().annotations();
    secrets.put(
        request,
        volume.cluster(),
        annotations.getOrDefault(NewVolume.DELETION_NAMESPACE, ""),
        annotations.getOrDefault(NewVolume.DELETION_SECRET, ""));
    return request;
  }

  private Outcome failed(CsiVolume volume, String why) {
    tell(volume, why);
    return new Outcome.Retry(why);
  }

  /** An event, and the volume's message: a tenant that is going takes no events. */
  private void tell(CsiVolume volume, String why) {
    events.warning(
        Subject.of("v1", "PersistentVolume", volume.object()), "VolumeFailedDelete", why);
    if (!volume.object().text("status", "message").equals(why)) {
      ObjectNode tree = volume.object().tree();
      tree.withObject("/status").put("message", why);
      if (client.updateStatus(volume.key(), tree)
          instanceof ApiResult.Refused<ApiObject>(Status status)) {
        LOG.debug("{} is not told: {}", volume.key(), status.message());
      }
    }
  }

  /** The driver has it no more. */
  private Outcome gone(ApiObject object, CsiVolume volume) {
    ApiResult<ApiObject> deleted =
        client.delete(object.key(), DeleteOptions.ofUid(object.meta().uid()));
    return switch (deleted) {
      case ApiResult.Ok<ApiObject>(ApiObject last) -> letGo(last, volume);
      case ApiResult.Refused<ApiObject> refused -> Outcome.ofDeletion(refused);
    };
  }

  /** Nothing of a driver keeps it any more. */
  private Outcome letGo(ApiObject object, CsiVolume volume) {
    String attacher = Finalizers.attacher(volume.driver());
    boolean kept =
        Finalizers.has(object, attacher) || Finalizers.has(object, Finalizers.PROVISIONER);
    if (!kept) {
      return Outcome.DONE;
    }
    ObjectNode tree = Finalizers.without(object, attacher);
    var finalizers = Json.mapper().createArrayNode();
    tree.at("/metadata/finalizers")
        .forEach(f -> {
          if (!f.asString("").equals(Finalizers.PROVISIONER)) {
            finalizers.add(f);
          }
        });
    tree.withObject("/metadata").set("finalizers", finalizers);
    return switch (client.update(object.key(), tree)) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(object.key(), volumes, written);
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> new Outcome.Retry(status.message());
    };
  }
}
