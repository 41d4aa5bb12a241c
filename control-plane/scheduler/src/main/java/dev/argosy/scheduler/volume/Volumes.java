package dev.argosy.scheduler.volume;

import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of claims, their volumes and classes, and of the nodes' storage drivers. */
final class Volumes {

  private final Informer<ClaimView> claims;
  private final Informer<VolumeView> volumes;
  private final Informer<ClassView> classes;
  private final Informer<CsiNodeView> nodes;
  private final Informer<DriverView> drivers;
  private final Informer<RoomView> rooms;

  Volumes(Informers informers) {
    this.claims = informers.of(ClaimView.EVERYWHERE);
    this.volumes = informers.of(VolumeView.EVERYWHERE);
    this.classes = informers.of(ClassView.EVERYWHERE);
    this.nodes = informers.of(CsiNodeView.ALL);
    this.drivers = informers.of(DriverView.EVERYWHERE);
    this.rooms = informers.of(RoomView.EVERYWHERE);
  }

  Optional<ClaimView> claim(ObjectKey key) {
    return claims.get(key);
  }

  /** The volume of a claim of that cluster that is bound. */
  Optional<VolumeView> volume(String cluster, ClaimView claim) {
    return volumes.get(new ObjectKey(VolumeView.VOLUMES, cluster, "", claim.volume()));
  }

  Optional<ClassView> storageClass(String cluster, ClaimView claim) {
    return claim.storageClass().isEmpty()
        ? Optional.empty()
        : classes.get(new ObjectKey(ClassView.CLASSES, cluster, "", claim.storageClass()));
  }

  /**
   * What the claim's volume is, or will be, to the driver that attaches it; empty if that is not
   * known, or if it is no driver's.
   */
  Optional<Attachment> attachment(ObjectKey key) {
    Optional<ClaimView> claim = claim(key);
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    String cluster = key.cluster();
    if (!claim.get().volume().isEmpty()) {
      return volume(cluster, claim.get())
          .filter(volume -> !volume.driver().isEmpty())
          .map(volume -> new Attachment(cluster, volume.driver(), volume.handle()));
    }
    return storageClass(cluster, claim.get())
        .filter(c -> !c.provisioner().isEmpty())
        .map(c -> new Attachment(cluster, c.provisioner(), key.namespace() + "/" + key.name()));
  }

  /** What is known of the room for volumes of a class; empty if its driver says nothing of that. */
  Optional<List<RoomView>> rooms(String cluster, String storageClass, String driver) {
    return drivers
        .get(DriverView.key(cluster, driver))
        .or(() -> drivers.get(DriverView.key(driver)))
        .filter(DriverView::tellsRoom)
        .map(d -> rooms.find(RoomView.BY_CLASS, RoomView.ofClass(cluster, storageClass)));
  }

  /** Whether any node takes only so many volumes of the driver. */
  boolean limited(String driver) {
    return !nodes.find(CsiNodeView.BY_DRIVER, driver).isEmpty();
  }

  /** How many volumes each driver attaches to the node at most. */
  Map<String, Integer> limits(String node) {
    return nodes.get(CsiNodeView.key(node)).map(CsiNodeView::limits).orElse(Map.of());
  }
}
