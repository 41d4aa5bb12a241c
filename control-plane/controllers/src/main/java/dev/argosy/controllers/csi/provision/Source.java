package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.CsiVolume;
import dev.argosy.controllers.csi.Finalizers;
import dev.argosy.controllers.volume.ClaimView;
import dev.argosy.controllers.volume.DataSource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a driver is to fill a claim's volume with.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/">CSI Volume
 *     Cloning</a>
 */
sealed interface Source {

  /** Nothing. */
  record None() implements Source {}

  /** What the volume of another claim holds. */
  record Copy(ClaimView claim, CsiVolume volume) implements Source {}

  /** It is not there at the moment. */
  record NotYet(String why) implements Source {}

  /** Nobody here does that. */
  record Unserved(String why) implements Source {}

  /**
   * Decides. Once a driver has been asked, its answer must be found out, whatever has changed
   * since.
   *
   * @param driver of the class of the claim
   */
  static Source of(
      ClaimView claim,
      String driver,
      Function<ObjectKey, Optional<ClaimView>> claims,
      Function<ObjectKey, Optional<CsiVolume>> volumes) {
    Optional<DataSource> wanted = claim.dataSource();
    if (wanted.isEmpty()) {
      return new None();
    }
    if (claim.source().isEmpty()) {
      return new Unserved(unserved(wanted.get()));
    }
    ObjectKey key = claim.source().get();
    Optional<ClaimView> source = claims.apply(key);
    if (source.isEmpty()) {
      return new NotYet("persistentvolumeclaim \"" + key.name() + "\" not found");
    }
    Optional<CsiVolume> volume =
        volumes
            .apply(source.get().volumeKey())
            .filter(v -> v.claimUid().equals(source.get().uid()));
    if (source.get().volume().isEmpty() || volume.isEmpty()) {
      return new NotYet("the PVC DataSource " + key.name() + " is not bound to a volume");
    }
    if (!volume.get().driver().equals(driver)) {
      return new Unserved(
          "the volume of the PVC DataSource %s is not of driver %s, which is to copy it"
              .formatted(key.name(), driver));
    }
    return Finalizers.has(claim.object(), ProvisionController.FINALIZER)
        ? new Copy(source.get(), volume.get())
        : unlike(claim, source.get(), volume.get());
  }

  private static String unserved(DataSource source) {
    return source.isClaim()
        ? "a claim cannot be a copy of one in another namespace"
        : "a claim cannot be filled from a %s here, only from another claim"
            .formatted(source.kind());
  }

  private static Source unlike(ClaimView claim, ClaimView source, CsiVolume volume) {
    if (source.deleting()) {
      return new NotYet(
          "the PVC DataSource " + source.key().name() + " is currently being deleted");
    }
    if (!source.volumeMode().equals(claim.volumeMode())) {
      return new Unserved(
          "the source PVC and destination PVCs must have the same volume mode for cloning. Source"
              + " is %s, but new PVC requested %s"
                  .formatted(source.volumeMode(), claim.volumeMode()));
    }
    String capacity = volume.object().content().at("/spec/capacity/storage").asString("0");
    return claim.request().compareTo(Quantity.parse(capacity)) < 0
        ? new Unserved(
            "new PVC request must be greater than or equal in size to the specified PVC data"
                + " source, requested %s but source is %s".formatted(claim.request(), capacity))
        : new Copy(source, volume);
  }
}
