package dev.argosy.controllers.csi.expand;

import dev.argosy.controllers.csi.Capability;
import dev.argosy.controllers.csi.CsiDrivers;
import dev.argosy.controllers.csi.CsiSecrets;
import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.DriverController;
import dev.argosy.controllers.csi.DriverController.Answer;
import dev.argosy.controllers.csi.Site;
import dev.argosy.controllers.csi.Sites;
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
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Has volumes made larger. Keys are claims. */
public final class ExpandController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Asking again for the same cannot help. */
  private static final Set<String> INFEASIBLE =
      Set.of("INVALID_ARGUMENT", "OUT_OF_RANGE", "NOT_FOUND", "UNIMPLEMENTED");

  private final Informer<ClaimView> claims;
  private final Informer<CsiVolume> volumes;
  private final CsiDrivers drivers;
  private final Sites sites;
  private final CsiSecrets secrets;
  private final OwnWrites writes = new OwnWrites();
  private final ExpandWriter writer;

  private ExpandController(ControllerContext context, DriverController port) {
    ApiClient client = context.client("csi-resizer");
    this.claims = context.informer(ClaimView.EVERYWHERE);
    this.volumes = context.informer(CsiVolume.EVERYWHERE);
    this.drivers = new CsiDrivers(context);
    this.sites = new Sites(context, port);
    this.secrets = new CsiSecrets(client);
    this.writer =
        new ExpandWriter(
            client,
            new ExpandWriter.Images(claims, volumes, writes),
            context.events("csi-resizer"),
            context.timers().clock());
  }

  public static ControllerLoop create(ControllerContext context, DriverController port) {
    KeyQueue queue = context.queue();
    ExpandController controller = new ExpandController(context, port);
    controller.claims.addHandler(new Asked(queue));
    return new ControllerLoop("csi-resizer", queue, controller, 4);
  }

  /** Leaves out what changes in the status only: what is noted there must not begin a next try. */
  private record Asked(KeyQueue queue) implements InformerHandler<ClaimView> {

    @Override
    public void added(ClaimView claim) {
      if (!claim.volume().isEmpty()) {
        queue.add(claim.key());
      }
    }

    @Override
    public void updated(ClaimView old, ClaimView claim) {
      if (old.request().compareTo(claim.request()) != 0 || !old.phase().equals(claim.phase())) {
        added(claim);
      }
    }

    @Override
    public void deleted(ClaimView last) {}
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    if (!writes.settled(key)) {
      return Outcome.requeueAfter(AGAIN);
    }
    Optional<ClaimView> claim =
        claims.get(key).filter(c -> c.phase().equals("Bound") && !c.deleting());
    Optional<CsiVolume> volume =
        claim
            .flatMap(c -> volumes.get(new ObjectKey(Kinds.VOLUMES, key.cluster(), "", c.volume())))
            .filter(v -> v.csi() && v.claimUid().equals(claim.get().uid()));
    if (volume.isEmpty()) {
      return Outcome.DONE;
    }
    Expansion next = Expansion.of(claim.get(), volume.get());
    if (!drivers.platform(volume.get().driver())) {
      return next == Expansion.ASK ? writer.handOver(claim.get(), volume.get()) : Outcome.DONE;
    }
    return switch (next) {
      case NONE -> Outcome.DONE;
      case TELL -> writer.nodePending(claim.get());
      case ASK ->
          drivers.foreign(volume.get())
              ? writer.infeasible(claim.get(), volume.get(), "the volume is not this cluster's")
              : ask(claim.get(), volume.get());
    };
  }

  private Outcome ask(ClaimView claim, CsiVolume volume) {
    Optional<Outcome> begun = writer.begin(claim, volume);
    if (begun.isPresent()) {
      return begun.get();
    }
    return switch (sites.of(volume)) {
      case Sites.Found.None(Answer.Failed why) -> writer.failed(claim, volume, why.words());
      case Sites.Found.At(Site site) when !site.can("EXPAND_VOLUME") ->
          writer.grown(claim, volume, claim.request().value(), true);
      case Sites.Found.At(Site site) -> ask(claim, volume, site);
    };
  }

  private Outcome ask(ClaimView claim, CsiVolume volume, Site site) {
    ObjectNode request = Json.object().put("volumeId", volume.handle());
    request.putObject("capacityRange").put("requiredBytes", claim.request().value());
    request.set(
        "volumeCapability", new Capability(site).ofVolume(volume.object().content().path("spec")));
    try {
      secrets.put(request, volume.cluster(), CsiSecrets.ref(volume, "controllerExpandSecretRef"));
    } catch (StatusException e) {
      return writer.failed(claim, volume, e.status().message());
    }
    return switch (site.call("ControllerExpandVolume", request)) {
      case Answer.Ok(var response) ->
          writer.grown(
              claim,
              volume,
              Math.max(response.path("capacityBytes").asLong(0), claim.request().value()),
              response.path("nodeExpansionRequired").asBoolean(false));
      case Answer.Failed why when INFEASIBLE.contains(why.code()) ->
          writer.infeasible(claim, volume, why.words());
      case Answer.Failed why -> writer.failed(claim, volume, why.words());
    };
  }
}
