package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiNode;
import dev.argosy.controllers.csi.CsiSecrets;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.DriverController;
import dev.argosy.controllers.csi.DriverController.Answer;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.csi.Site;
import dev.argosy.controllers.csi.Sites;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.OwnWrites;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Has volumes made for claims. Keys are claims. */
public final class ProvisionController implements Reconciler {

  /** On claims for which a driver may have made a volume that is no object yet. */
  static final String FINALIZER = "argosy.dev/csi-provisioning";

  private static final String BETA = "volume.beta.kubernetes.io/storage-provisioner";
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ApiClient client;
  private final Informer<ClaimView> claims;
  private final Informer<CsiVolume> volumes;
  private final Informer<PodView> pods;
  private final CsiDrivers drivers;
  private final Sites sites;
  private final Topologies topologies;
  private final CsiSecrets secrets;
  private final OwnWrites writes = new OwnWrites();
  private final ProvisionWriter writer;

  private ProvisionController(ControllerContext context, DriverController port) {
    this.client = context.client("csi-provisioner");
    this.claims = context.informer(ClaimView.EVERYWHERE);
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
    this.pods = context.informer(PodView.EVERYWHERE);
    this.drivers = new CsiDrivers(context);
    this.sites = new Sites(context, port);
    this.topologies = new Topologies(context);
    this.secrets = new CsiSecrets(client);
    this.writer =
        new ProvisionWriter(client, claims, volumes, writes, context.events("csi-provisioner"));
  }

  public static ControllerLoop create(ControllerContext context, DriverController port) {
    KeyQueue queue = context.queue();
    ProvisionController controller = new ProvisionController(context, port);
    controller.claims.onChange(claim -> {
      if (!provisioner(claim).isEmpty()) {
        queue.add(claim.key());
      }
    });
    context
        .informer(CsiNode.ALL)
        .onChange(
            node -> node.drivers().keySet().forEach(driver -> controller.wake(driver, queue)));
    controller.drivers.onChange(driver -> controller.wake(driver, queue));
    return new ControllerLoop("csi-provisioner", queue, controller, 4);
  }

  private void wake(String driver, KeyQueue queue) {
    if (drivers.platform(driver)) {
      claims.all().stream()
          .filter(claim -> claim.volume().isEmpty() && provisioner(claim).equals(driver))
          .forEach(claim -> queue.add(claim.key()));
    }
  }

  private static String provisioner(ClaimView claim) {
    var annotations = claim.object().meta().annotations();
    return annotations.getOrDefault(ClaimView.PROVISIONER, annotations.getOrDefault(BETA, ""));
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<ClaimView> found = claims.get(key).filter(c -> drivers.platform(provisioner(c)));
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    ClaimView claim = found.get();
    boolean begun = Finalizers.has(claim.object(), FINALIZER);
    ObjectKey volume = new ObjectKey(Kinds.VOLUMES, key.cluster(), "", NewVolume.name(claim));
    if (!claim.volume().isEmpty() || volumes.get(volume).isPresent()) {
      return begun ? writer.settle(claim) : Outcome.DONE;
    }
    if (claim.deleting() && !begun) {
      return Outcome.DONE;
    }
    Optional<ClassParameters> storage =
        client
            .get(new ObjectKey(Kinds.STORAGE_CLASSES, key.cluster(), "", claim.storageClass()))
            .orAbsent()
            .map(ClassParameters::of)
            .filter(c -> c.provisioner().equals(provisioner(claim)));
    boolean ready = storage.filter(c -> !c.waits() || !claim.node().isEmpty()).isPresent();
    if (!ready) {
      return claim.deleting() ? writer.settle(claim) : Outcome.DONE;
    }
    try {
      return make(claim, storage.get());
    } catch (StatusException e) {
      return writer.failed(claim, storage.get().name(), e.status().message());
    }
  }

  private Outcome make(ClaimView claim, ClassParameters storage) {
    return switch (Source.of(claim, storage.provisioner(), claims::get, volumes::get)) {
      case Source.None none ->
          make(claim, storage, none, sites.near(storage.provisioner(), claim.node()));
      case Source.Copy copy when drivers.foreign(copy.volume()) ->
          writer.refused(claim, storage.name(), "the volumeHandle of its source is another's");
      case Source.Copy copy ->
          make(
              claim,
              storage,
              copy,
              claim.node().isEmpty()
                  ? sites.of(copy.volume())
                  : sites.near(storage.provisioner(), claim.node()));
      case Source.NotYet(String why) -> writer.failed(claim, storage.name(), why);
      case Source.Unserved(String why) -> writer.refused(claim, storage.name(), why);
    };
  }

  private Outcome make(ClaimView claim, ClassParameters storage, Source source, Sites.Found found) {
    return switch (found) {
      case Sites.Found.None(Answer.Failed why) -> writer.failed(claim, storage.name(), why.words());
      case Sites.Found.At(Site site) when !site.can("CREATE_DELETE_VOLUME") ->
          writer.refused(
              claim,
              storage.name(),
              "driver %s makes no volumes; make a PersistentVolume for the claim"
                  .formatted(storage.provisioner()));
      case Sites.Found.At(Site site)
          when source instanceof Source.Copy && !site.can("CLONE_VOLUME") ->
          writer.refused(
              claim,
              storage.name(),
              "driver %s makes no copies of volumes".formatted(storage.provisioner()));
      case Sites.Found.At(Site site) -> make(claim, storage, source, site);
    };
  }

  private Outcome make(ClaimView claim, ClassParameters storage, Source source, Site site) {
    Optional<Outcome> unkept =
        source instanceof Source.Copy(ClaimView from, CsiVolume volume)
            ? writer.protect(from).or(() -> writer.begin(claim))
            : writer.begin(claim);
    if (unkept.isPresent()) {
      return unkept.get();
    }
    NewVolume wanted = new NewVolume(claim, storage, source);
    var topology =
        site.plugin().contains("VOLUME_ACCESSIBILITY_CONSTRAINTS")
            ? topologies.required(
                claim.key().cluster(),
                storage.provisioner(),
                claim.node(),
                storage.topologies(),
                claim.uid().hashCode())
            : Optional.<tools.jackson.databind.node.ObjectNode>empty();
    var request = wanted.request(site, topology, attributes(claim), secrets);
    return switch (site.call("CreateVolume", request)) {
      case Answer.Ok(var response) -> made(claim, wanted, response.path("volume"), site);
      case Answer.Failed why -> failed(claim, storage, why);
    };
  }

  private Outcome made(ClaimView claim, NewVolume wanted, JsonNode volume, Site site) {
    long capacity = volume.path("capacityBytes").asLong(0);
    if (capacity > 0 && capacity < wanted.bytes() && !claim.deleting()) {
      return writer.failed(
          claim,
          claim.storageClass(),
          "created volume capacity %d less than requested capacity %d"
              .formatted(capacity, wanted.bytes()));
    }
    if (!wanted.filled(volume)) {
      Outcome gone = undo(claim, wanted, volume, site);
      return claim.deleting()
          ? gone
          : writer.failed(claim, claim.storageClass(), "volume content source missing");
    }
    return writer.made(claim, wanted.volume(volume), () -> undo(claim, wanted, volume, site));
  }

  /** It does not become an object: so it goes at once. */
  private Outcome undo(ClaimView claim, NewVolume wanted, JsonNode volume, Site site) {
    return switch (site.call("DeleteVolume", wanted.deletion(volume, secrets))) {
      case Answer.Ok ok -> writer.settle(claim);
      case Answer.Failed why when why.code().equals("NOT_FOUND") -> writer.settle(claim);
      case Answer.Failed why -> writer.failed(claim, claim.storageClass(), why.words());
    };
  }

  private Outcome failed(ClaimView claim, ClassParameters storage, Answer.Failed why) {
    if (claim.deleting() && why.isFinal()) {
      return writer.settle(claim);
    }
    boolean elsewhere =
        why.code().equals("RESOURCE_EXHAUSTED")
            && storage.waits()
            && !claim.deleting()
            && pods.find(PodView.BY_CLAIM, PodView.claim(claim.key())).stream()
                .allMatch(pod -> pod.node().isEmpty() || pod.terminal());
    return elsewhere
        ? writer.elsewhere(claim, storage.name(), why.words())
        : writer.failed(claim, storage.name(), why.words());
  }

  private JsonNode attributes(ClaimView claim) {
    String name = claim.object().content().at("/spec/volumeAttributesClassName").asString("");
    if (name.isEmpty()) {
      return Json.object();
    }
    ObjectKey key = new ObjectKey(Kinds.ATTRIBUTES_CLASSES, claim.key().cluster(), "", name);
    return client.get(key).orThrow().content().path("parameters");
  }
}
