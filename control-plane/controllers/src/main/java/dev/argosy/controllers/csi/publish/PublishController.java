package dev.argosy.controllers.csi.publish;

import dev.argosy.controllers.csi.AttachmentView;
import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiNode;
import dev.argosy.controllers.csi.CsiSecrets;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.DriverController;
import dev.argosy.controllers.csi.DriverController.Answer;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.csi.Site;
import dev.argosy.controllers.csi.Sites;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import java.time.Duration;
import java.util.Optional;

/** Publishes and takes back what VolumeAttachments ask for. Keys are these. */
public final class PublishController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Informer<AttachmentView> attachments;
  private final Informer<CsiVolume> volumes;
  private final Informer<CsiNode> nodes;
  private final CsiDrivers drivers;
  private final Sites sites;
  private final OwnWrites writes = new OwnWrites();
  private final PublishWriter writer;
  private final PublishRequests requests;

  private PublishController(ControllerContext context, DriverController port) {
    ApiClient client = context.client("csi-attacher");
    this.attachments = context.informer(AttachmentView.EVERYWHERE);
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
    this.nodes = context.informer(CsiNode.ALL);
    this.drivers = new CsiDrivers(context);
    this.sites = new Sites(context, port);
    this.writer = new PublishWriter(client, attachments, volumes, writes, context.timers().clock());
    this.requests = new PublishRequests(new CsiSecrets(client));
  }

  public static ControllerLoop create(ControllerContext context, DriverController port) {
    KeyQueue queue = context.queue();
    PublishController controller = new PublishController(context, port);
    controller.attachments.addHandler(new AttachmentWakes(queue));
    controller.volumes.onChange(volume ->
        controller
            .attachments
            .find(
                AttachmentView.BY_VOLUME, AttachmentView.ofVolume(volume.cluster(), volume.name()))
            .stream()
            .filter(attachment -> !attachment.attached())
            .forEach(attachment -> queue.add(attachment.key())));
    controller.nodes.onChange(node ->
        controller.attachments.find(AttachmentView.BY_NODE, node.name()).stream()
            .filter(attachment -> !attachment.attached() || attachment.deleting())
            .forEach(attachment -> queue.add(attachment.key())));
    controller.drivers.onChange(driver ->
        controller
            .attachments
            .find(AttachmentView.BY_DRIVER, driver)
            .forEach(attachment -> queue.add(attachment.key())));
    return new ControllerLoop("csi-attacher", queue, controller, 4);
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<AttachmentView> found =
        attachments.get(key).filter(a -> drivers.platform(a.attacher()));
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    AttachmentView attachment = found.get();
    Optional<CsiVolume> volume =
        volumes.get(new ObjectKey(Kinds.VOLUMES, key.cluster(), "", attachment.volume()));
    return attachment.deleting()
        ? takeBack(attachment, volume)
        : attachment.attached() ? Outcome.DONE : publish(attachment, volume);
  }

  private Outcome publish(AttachmentView attachment, Optional<CsiVolume> found) {
    String refusal = refusal(attachment, found);
    if (!refusal.isEmpty()) {
      return writer.failed(attachment, "attachError", refusal, Outcome.DONE);
    }
    CsiVolume volume = found.orElseThrow();
    return switch (sites.of(volume)) {
      case Sites.Found.None(Answer.Failed why) -> failed(attachment, "attachError", why);
      case Sites.Found.At(Site site) when !site.can("PUBLISH_UNPUBLISH_VOLUME") ->
          writer.attached(attachment, null);
      case Sites.Found.At(Site site) -> publish(attachment, volume, site);
    };
  }

  private String refusal(AttachmentView attachment, Optional<CsiVolume> found) {
    if (found.filter(v -> v.driver().equals(attachment.attacher())).isEmpty()) {
      return "there is no PersistentVolume \"%s\" of driver %s"
          .formatted(attachment.volume(), attachment.attacher());
    }
    if (drivers.foreign(found.get())) {
      return "its volumeHandle is not this cluster's; have the volume made for a claim";
    }
    return found.get().object().meta().deleting()
        ? "PersistentVolume \"" + attachment.volume() + "\" is marked for deletion"
        : "";
  }

  private Outcome publish(AttachmentView attachment, CsiVolume volume, Site site) {
    Optional<CsiNode.Registered> registered =
        nodes.get(CsiNode.key(attachment.node())).flatMap(n -> n.driver(volume.driver()));
    if (registered.isEmpty()) {
      return writer.failed(
          attachment,
          "attachError",
          "CSINode %s does not contain driver %s".formatted(attachment.node(), volume.driver()),
          new Outcome.Retry("the driver is not on the node yet"));
    }
    Optional<Outcome> problem = writer.keep(attachment, volume, registered.get().id());
    if (problem.isPresent()) {
      return problem.get();
    }
    try {
      Answer answer =
          site.call(
              "ControllerPublishVolume", requests.publish(volume, registered.get().id(), site));
      return switch (answer) {
        case Answer.Ok(var response) ->
            writer.attached(attachment, response.path("publishContext"));
        case Answer.Failed why -> failed(attachment, "attachError", why);
      };
    } catch (StatusException e) {
      return writer.failed(
          attachment, "attachError", e.status().message(), new Outcome.Retry("no secret"));
    }
  }

  private Outcome failed(AttachmentView attachment, String field, Answer.Failed why) {
    return writer.failed(attachment, field, why.words(), new Outcome.Retry(why.words()));
  }

  private Outcome takeBack(AttachmentView attachment, Optional<CsiVolume> volume) {
    String finalizer = Finalizers.attacher(attachment.attacher());
    if (!Finalizers.has(attachment.object(), finalizer)) {
      return Outcome.DONE;
    }
    if (volume.isEmpty()) {
      return writer.failed(
          attachment,
          "detachError",
          "its PersistentVolume is gone, so the driver cannot be told which volume it was",
          new Outcome.Retry("no volume"));
    }
    return switch (sites.of(volume.get())) {
      case Sites.Found.None(Answer.Failed why) -> failed(attachment, "detachError", why);
      case Sites.Found.At(Site site) -> takeBack(attachment, volume.get(), site);
    };
  }

  private Outcome takeBack(AttachmentView attachment, CsiVolume volume, Site site) {
    String node =
        Optional.ofNullable(attachment.object().meta().annotations().get(PublishWriter.NODE_ID))
            .or(() ->
                nodes
                    .get(CsiNode.key(attachment.node()))
                    .flatMap(n -> n.driver(volume.driver()))
                    .map(CsiNode.Registered::id))
            .orElse("");
    try {
      return switch (site.call("ControllerUnpublishVolume", requests.takeBack(volume, node))) {
        case Answer.Ok ok -> writer.letGo(attachment);
        case Answer.Failed(String code, String message) when code.equals("NOT_FOUND") ->
            writer.letGo(attachment);
        case Answer.Failed why -> failed(attachment, "detachError", why);
      };
    } catch (StatusException e) {
      return writer.failed(
          attachment, "detachError", e.status().message(), new Outcome.Retry("no secret"));
    }
  }
}
