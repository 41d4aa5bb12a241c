package dev.argosy.server.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of the storage of a cluster that is being emptied: what drivers have is deleted or
 * detached there first, by whoever does that for claims that are deleted, while volumes,
 * attachments and secrets are there still. Only drivers that root describes are waited for: those
 * of a tenant's own have ended with its pods. Decided by the objects alone.
 */
final class StorageEnd {

  static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  static final GroupResource ATTACHMENTS = new GroupResource("storage.k8s.io", "volumeattachments");

  /** On claims for which a driver may have made a volume that is no object yet. */
  static final String IN_THE_MAKING = "argosy.dev/csi-provisioning";

  /** On claims that are copied. */
  private static final String COPIED = "provisioner.storage.kubernetes.io/cloning-protection";

  /** What of a claim's finalizers stands for something at a driver. */
  static final Set<String> AT_DRIVERS = Set.of(IN_THE_MAKING, COPIED);

  private static final String MADE_BY = "pv.kubernetes.io/provisioned-by";
  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String LOCAL_PATH = "argosy.dev/local-path";
  private static final Pattern BY_RULE = Pattern.compile("csi-[0-9a-f]{64}");
  private static final VolumeEnd GOES = new VolumeEnd.Goes();
  private static final int NAMED = 5;

  private final Set<String> drivers;
  private final Map<ObjectKey, VolumeEnd> ends = new HashMap<>();
  private final List<String> waits = new ArrayList<>();

  private StorageEnd(Set<String> drivers) {
    this.drivers = drivers;
  }

  /**
   * Decides.
   *
   * @param drivers those that root describes
   */
  static StorageEnd of(
      List<ApiObject> volumes,
      List<ApiObject> attachments,
      List<ApiObject> claims,
      Set<String> drivers) {
    StorageEnd end = new StorageEnd(Set.copyOf(drivers));
    Set<String> names = new HashSet<>();
    volumes.forEach(volume -> names.add(volume.name()));
    Set<String> attached = new HashSet<>();
    for (ApiObject attachment : attachments) {
      if (end.put(attachment, end.ofAttachment(attachment, names)) instanceof VolumeEnd.Waits) {
        attached.add(volume(attachment));
      }
    }
    for (ApiObject volume : volumes) {
      if (attached.contains(volume.name())) {
        end.ends.put(volume.key(), new VolumeEnd.Waits("it is attached"));
      } else {
        end.put(volume, end.ofVolume(volume));
      }
    }
    claims.forEach(claim -> end.put(claim, end.ofClaim(claim)));
    boolean copies = claims.stream().anyMatch(c -> end.of(c.key()) instanceof VolumeEnd.Waits);
    claims.stream()
        .filter(claim -> copies && claim.meta().finalizers().contains(COPIED))
        .filter(claim -> end.of(claim.key()) instanceof VolumeEnd.Goes)
        .forEach(claim -> end.put(claim, new VolumeEnd.Waits("it may be being copied")));
    return end;
  }

  private VolumeEnd put(ApiObject object, VolumeEnd end) {
    ends.put(object.key(), end);
    if (end instanceof VolumeEnd.Waits(String why)) {
      waits.add(name(object) + (why.isEmpty() ? "" : " (" + why + ")"));
    }
    return end;
  }

  private static String name(ApiObject object) {
    GroupResource resource = object.key().resource();
    if (resource.equals(CLAIMS)) {
      return "claim " + object.namespace() + "/" + object.name();
    }
    return resource.equals(VOLUMES)
        ? "volume " + object.name()
        : "attachment of volume " + volume(object);
  }

  private static String volume(ApiObject attachment) {
    return attachment.content().at("/spec/source/persistentVolumeName").asString("");
  }

  /** Those with names of their own nobody looks after. */
  private VolumeEnd ofAttachment(ApiObject attachment, Set<String> volumes) {
    boolean lookedAfter =
        BY_RULE.matcher(attachment.name()).matches() && volumes.contains(volume(attachment));
    if (!lookedAfter) {
      return GOES;
    }
    if (!attachment.meta().deleting()) {
      return new VolumeEnd.Waits("node " + attachment.text("spec", "nodeName") + " uses it");
    }
    boolean detached =
        attachment.meta().finalizers().isEmpty()
            || !drivers.contains(attachment.text("spec", "attacher"));
    return detached
        ? GOES
        : new VolumeEnd.Waits(attachment.content().at("/status/detachError/message").asString(""));
  }

  private VolumeEnd ofVolume(ApiObject volume) {
    JsonNode spec = volume.content().path("spec");
    String driver = spec.at("/csi/driver").asString("");
    String maker = volume.meta().annotations().getOrDefault(MADE_BY, "");
    boolean deletes = spec.path("persistentVolumeReclaimPolicy").asString("").equals("Delete");
    if (driver.isEmpty()) {
      return maker.equals(LOCAL_PATH) && !deletes
          ? new VolumeEnd.Keeps(
              "on node %s in disks/%s/%s of its agent's data folder (Retain)"
                  .formatted(node(spec), volume.cluster(), volume.name()))
          : GOES;
    }
    if (!deletes) {
      return kept(spec, "Retain");
    }
    if (!maker.equals(driver)) {
      return kept(spec, "it was not made for a claim");
    }
    if (!drivers.contains(driver)) {
      return kept(spec, "the platform has no such driver");
    }
    return spec.at("/claimRef/uid").asString("").isEmpty()
        ? kept(spec, "no claim has it")
        : new VolumeEnd.Waits(volume.text("status", "message"));
  }

  private static VolumeEnd kept(JsonNode spec, String reason) {
    return new VolumeEnd.Keeps(
        "by driver %s as %s (%s)"
            .formatted(
                spec.at("/csi/driver").asString(""),
                spec.at("/csi/volumeHandle").asString(""),
                reason));
  }

  private static String node(JsonNode spec) {
    return spec.at("/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/values/0")
        .asString("");
  }

  private VolumeEnd ofClaim(ApiObject claim) {
    String provisioner = claim.meta().annotations().getOrDefault(PROVISIONER, "");
    return claim.meta().finalizers().contains(IN_THE_MAKING) && drivers.contains(provisioner)
        ? new VolumeEnd.Waits("its driver may have made a volume")
        : GOES;
  }

  /** Of any object. */
  VolumeEnd of(ObjectKey key) {
    return ends.getOrDefault(key, GOES);
  }

  /** What is waited for, and what to do if it does not come; empty if nothing is. */
  Optional<String> waits() {
    if (waits.isEmpty()) {
      return Optional.empty();
    }
    int more = waits.size() - NAMED;
    return Optional.of(
        "Drivers have not let go yet of "
            + String.join(", ", waits.subList(0, Math.min(NAMED, waits.size())))
            + (more > 0 ? " and " + more + " more" : "")
            + ". What a driver shall keep goes on without it: set persistentVolumeReclaimPolicy of"
            + " the volume to Retain, or remove the finalizers of the claim or attachment");
  }
}
