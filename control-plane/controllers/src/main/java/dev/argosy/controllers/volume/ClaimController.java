package dev.argosy.controllers.volume;

import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds, makes or orders a volume for each claim. */
public final class ClaimController implements Reconciler {

  private static final String NAME = "persistentvolume-controller";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final Informer<VolumeView> volumes;
  private final Informer<NodeView> nodes;
  private final Informer<PodView> pods;
  private final OwnWrites writes = new OwnWrites();
  private final EventRecorder events;
  private final BindingWriter writer;

  private ClaimController(ControllerContext context) {
    this.client = context.client(NAME);
    this.claims = context.informer(ClaimView.EVERYWHERE);
    this.volumes = context.informer(VolumeView.EVERYWHERE);
    this.nodes = context.informer(NodeView.ALL);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.events = context.events(NAME);
    this.writer = new BindingWriter(client, claims, volumes, writes, context.timers().clock());
  }

  public static ControllerLoop create(ControllerContext context) {
    KeyQueue queue = context.queue();
    ClaimController controller = new ClaimController(context);
    controller.claims.onChange(claim -> queue.add(claim.key()));
    controller.volumes.onChange(volume -> controller.concernedBy(volume).forEach(queue::add));
    return new ControllerLoop("persistentvolumeclaim-binder", queue, controller, 4);
  }

  /** Its own claim; a free one all that wait in its cluster. */
  private List<ObjectKey> concernedBy(VolumeView volume) {
    String cluster = volume.key().cluster();
    return volume
        .claim()
        .map(c -> List.of(new ObjectKey(Kinds.VOLUME_CLAIMS, cluster, c.namespace(), c.name())))
        .orElseGet(() ->
            claims.find(ClaimView.BY_CLUSTER, cluster).stream()
                .filter(c -> !c.phase().equals("Bound"))
                .map(ClaimView::key)
                .toList());
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<ClaimView> found = claims.get(key).filter(c -> !c.deleting());
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    ClaimView claim = found.get();
    Optional<VolumeView> named =
        claim.volume().isEmpty() ? Optional.empty() : volumes.get(claim.volumeKey());
    boolean searches = claim.volume().isEmpty();
    Binding binding =
        Binding.of(
            claim,
            named,
            searches ? volumes.find(VolumeView.BY_CLUSTER, key.cluster()) : List.of(),
            searches ? storage(claim) : Optional.empty(),
            near(claim));
    return binding instanceof Binding.Settled && named.isPresent()
        ? grow(claim, Growth.of(claim, named.get()))
        : apply(claim, binding);
  }

  /** Whether a pod that uses it is on its node already, and would never get another. */
  private boolean bound(ClaimView claim) {
    return pods.find(PodView.BY_CLAIM, PodView.claim(claim.key())).stream()
        .anyMatch(pod -> !pod.node().isEmpty() && !pod.terminal());
  }

  private Predicate<VolumeView> near(ClaimView claim) {
    Optional<NodeView> node =
        claim.node().isEmpty() ? Optional.empty() : nodes.get(NodeView.key(claim.node()));
    return volume -> node.map(volume::reachedFrom).orElse(true);
  }

  private Optional<StorageClass> storage(ClaimView claim) {
    return claim.storageClass().isEmpty()
        ? Optional.empty()
        : client
            .get(
                new ObjectKey(
                    Kinds.STORAGE_CLASSES, claim.key().cluster(), "", claim.storageClass()))
            .orAbsent()
            .map(StorageClass::of);
  }

  private Outcome apply(ClaimView claim, Binding binding) {
    return switch (binding) {
      case Binding.Settled settled -> Outcome.DONE;
      case Binding.To(VolumeView volume) -> writer.bind(claim, volume);
      case Binding.Make(StorageClass storage) -> make(claim, storage);
      case Binding.HandOver(StorageClass storage) -> handOver(claim, storage);
      case Binding.Elsewhere elsewhere -> bound(claim) ? Outcome.DONE : writer.elsewhere(claim);
      case Binding.Lost lost -> {
        events.warning(
            claim.owner().subject(),
            "ClaimLost",
            "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        yield writer.phase(claim, "Lost");
      }
      case Binding.Pending(String reason, String message) -> {
        if (!reason.isEmpty()) {
          tellWait(claim, reason, message);
        }
        yield Outcome.DONE;
      }
    };
  }

  private Outcome grow(ClaimView claim, Growth growth) {
    return switch (growth) {
      case Growth.None none -> Outcome.DONE;
      case Growth.Raise(VolumeView volume, String size) -> writer.raise(claim, volume, size);
      case Growth.Tell(String size) -> {
        events.normal(
            claim.owner().subject(),
            "FileSystemResizeRequired",
            "Require file system resize of volume on node");
        yield writer.pending(claim, size);
      }
    };
  }

  private void tellWait(ClaimView claim, String reason, String message) {
    if (reason.equals("ProvisioningFailed")) {
      events.warning(claim.owner().subject(), reason, message);
    } else {
      events.normal(claim.owner().subject(), reason, message);
    }
  }

  private Outcome make(ClaimView claim, StorageClass storage) {
    Optional<Outcome> told = writer.provisioner(claim, storage.provisioner());
    if (told.isPresent()) {
      return told.get();
    }
    ResourceScope scope = ResourceScope.cluster(Kinds.VOLUMES, claim.key().cluster());
    return switch (client.create(scope, LocalVolume.of(claim, storage))) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> {
        writes.expect(claim.key(), volumes, made);
        events.normal(
            claim.owner().subject(),
            "ProvisioningSucceeded",
            "Successfully provisioned volume " + made.name());
        yield Outcome.DONE;
      }
      case ApiResult.Refused<ApiObject>(Status status)
          when status.reason() == Reason.ALREADY_EXISTS ->
          new Outcome.Retry(status.message());
      case ApiResult.Refused<ApiObject>(Status status) -> {
        events.warning(claim.owner().subject(), "ProvisioningFailed", status.message());
        yield Outcome.of(status);
      }
    };
  }

  private Outcome handOver(ClaimView claim, StorageClass storage) {
    events.normal(
        claim.owner().subject(),
        "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner '"
            + storage.provisioner()
            + "' or manually by the system administrator. If volume creation is delayed, please"
            + " verify that the provisioner is running and correctly registered.");
    return writer.provisioner(claim, storage.provisioner()).orElse(Outcome.DONE);
  }
}
