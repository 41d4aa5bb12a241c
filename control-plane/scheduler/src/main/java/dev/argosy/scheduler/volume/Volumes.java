package dev.argosy.scheduler.volume;

import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
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

  /**
   * From where a volume of a claim that has none can be reached: where one may be made, or is free
   * already. Empty if that is everywhere; no terms if it is nowhere.
   */
  Optional<List<NodeTerm>> places(String cluster, ClaimView claim) {
    Optional<ClassView> storage = storageClass(cluster, claim);
    boolean makes = storage.filter(c -> !c.provisioner().equals(ClassView.NONE)).isPresent();
    if (storage.isEmpty() || (makes && storage.get().places().isEmpty())) {
      return Optional.empty();
    }
    List<VolumeView> free =
        volumes.find(VolumeView.BY_CLASS, VolumeView.ofClass(cluster, claim.storageClass()));
    List<NodeTerm> terms = new ArrayList<>(makes ? storage.get().places() : List.of());
    for (VolumeView volume : free) {
      if (volume.serves(claim)) {
        if (volume.places().isEmpty()) {
          return Optional.empty();
        }
        terms.addAll(volume.places());
      }
    }
    return Optional.of(terms);
  }

  /** What is known of the room for volumes of a class; empty if its driver says nothing of that. */
  Optional<List<RoomView>> rooms(String cluster, String storageClass, String driver) {
    return drivers
        .get(DriverView.key(driver))
        .or(() -> drivers.get(DriverView.key(cluster, driver)))
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
