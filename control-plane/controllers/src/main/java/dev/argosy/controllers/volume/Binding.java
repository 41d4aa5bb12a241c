package dev.argosy.controllers.volume;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What to do about a claim.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding">Binding</a>
 */
sealed interface Binding {

  /** Nothing: it is as it should be. */
  record Settled() implements Binding {}

  /** It belongs to this volume; write what of that is not written yet. */
  record To(VolumeView volume) implements Binding {}

  /** A volume is to be made on the chosen node. */
  record Make(StorageClass storage) implements Binding {}

  /** Somebody else makes volumes of its class, and has to be told. */
  record HandOver(StorageClass storage) implements Binding {}

  /** From the chosen node no volume is reached, and none is made: another is to be chosen. */
  record Elsewhere() implements Binding {}

  /** Its volume is gone for good. */
  record Lost() implements Binding {}

  /** Not yet; says why. */
  record Pending(String reason, String message) implements Binding {}

  /**
   * @param named the volume that it names; empty if it names none, or there is none
   * @param all volumes of its cluster
   * @param storage its class, if it has one that exists
   * @param near whether a volume is reached from the chosen node, if one is chosen
   */
  static Binding of(
      ClaimView claim,
      Optional<VolumeView> named,
      List<VolumeView> all,
      Optional<StorageClass> storage,
      Predicate<VolumeView> near) {
    if (!claim.volume().isEmpty()) {
      return ofNamed(claim, named);
    }
    Optional<VolumeView> own = all.stream().filter(v -> v.isFor(claim)).findFirst();
    if (own.isPresent()) {
      return new To(own.get());
    }
    Optional<DataSource> source = claim.dataSource();
    if (source.isPresent() && storage.filter(StorageClass::fillsNone).isPresent()) {
      return new Pending("ProvisioningFailed", unserved(storage.get(), source.get()));
    }
    if (claim.node().isEmpty() && storage.filter(s -> s.waits() || s.local()).isPresent()) {
      return new Pending(
          "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    }
    Optional<VolumeView> fitting =
        all.stream()
            .filter(v -> fits(claim, v) && near.test(v))
            .min(Comparator.comparing(VolumeView::capacity).thenComparing(VolumeView::name));
    return fitting.<Binding>map(To::new).orElseGet(() -> ofNone(claim, storage));
  }

  private static Binding ofNamed(ClaimView claim, Optional<VolumeView> named) {
    boolean completed = claim.object().meta().annotations().containsKey(ClaimView.BOUND);
    if (named.isEmpty()) {
      return completed
          ? claim.phase().equals("Lost") ? new Settled() : new Lost()
          : new Pending("", "");
    }
    VolumeView volume = named.get();
    if (volume.claim().isPresent() && !volume.isFor(claim)) {
      return completed
          ? claim.phase().equals("Lost") ? new Settled() : new Lost()
          : new Pending(
              "FailedBinding",
              "volume \"" + volume.name() + "\" already bound to a different claim.");
    }
    boolean whole = completed && claim.phase().equals("Bound") && volume.phase().equals("Bound");
    return whole ? new Settled() : new To(volume);
  }

  private static Binding ofNone(ClaimView claim, Optional<StorageClass> storage) {
    if (claim.storageClass().isEmpty()) {
      return new Pending(
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set");
    }
    if (storage.isEmpty()) {
      return new Pending(
          "ProvisioningFailed",
          "storageclass.storage.k8s.io \"" + claim.storageClass() + "\" not found");
    }
    StorageClass found = storage.get();
    if (found.provisioner().equals(StorageClass.NONE)) {
      return found.waits() && !claim.node().isEmpty() ? new Elsewhere() : new Pending("", "");
    }
    if (!found.local()) {
      return new HandOver(found);
    }
    return new Make(found);
  }

  private static String unserved(StorageClass storage, DataSource source) {
    return ("volumes of class \"%s\" begin empty, and the claim is to be filled from %s \"%s\": copy what"
            + " is there by a pod, or take a class of a driver that makes copies")
        .formatted(storage.name(), source.kind(), source.name());
  }

  /** What holds something else already is no volume of a claim that says what it is to hold. */
  private static boolean fits(ClaimView claim, VolumeView volume) {
    return volume.claim().isEmpty()
        && claim.dataSource().isEmpty()
        && !volume.object().meta().deleting()
        && volume.storageClass().equals(claim.storageClass())
        && volume.volumeMode().equals(claim.volumeMode())
        && volume.modes().containsAll(claim.modes())
        && volume.capacity().compareTo(claim.request()) >= 0
        && claim.selector().map(s -> s.matches(volume.object().meta().labels())).orElse(true);
  }
}
