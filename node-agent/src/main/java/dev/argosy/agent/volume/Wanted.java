package dev.argosy.agent.volume;

import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.agent.volume.disk.VolumeId;
import dev.argosy.model.object.ApiObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What is to be mounted for one volume of a pod; decided without touching anything. */
sealed interface Wanted {

  /** Provisioner of the volumes that the platform makes itself. */
  String LOCAL_PATH = "argosy.dev/local-path";

  Set<String> MIRRORS = Set.of("configMap", "secret", "downwardAPI", "projected");

  /**
   * A folder that begins empty and goes with the pod.
   *
   * @param medium what it is on, as in the API: empty for the disk, Memory, HugePages…
   * @param bytes at most; 0 for no limit
   */
  record Empty(String medium, long bytes) implements Wanted {
    boolean memory() {
      return medium.equals("Memory");
    }
  }

  /** Files that mirror the API; secret ones must not reach a disk. */
  record Mirror(boolean secret) implements Wanted {}

  /** A path of the machine. */
  record OfMachine(Path path, String type) implements Wanted {}

  /**
   * A path of the machine that a PersistentVolume names.
   *
   * @param grouped whether it is given to the pod's group
   */
  record Offered(Path path, String type, boolean grouped, boolean block) implements Wanted {}

  /** A volume of this node that the platform makes. */
  record Local(VolumeId id, String size, boolean deletes, boolean block, ApiObject claim)
      implements Wanted {
    long bytes() {
      return Quantities.whole(size);
    }
  }

  /** A folder of another machine. */
  record Nfs(String source, List<String> options) implements Wanted {}

  /** What an image holds. */
  record OfImage(String reference, String pullPolicy) implements Wanted {}

  /** A volume of a CSI driver that a claim has. */
  record Csi(ApiObject claim, ApiObject volume, String size) implements Wanted {
    @Override
    public boolean block() {
      return isBlock(volume);
    }
  }

  /** A volume of a CSI driver that lives with the pod. */
  record Inline() implements Wanted {}

  /** A claim; what it is bound to has to be read first. */
  record Claim(String name, boolean made) implements Wanted {}

  /** Nothing that this node can mount. */
  record Refused(String message) implements Wanted {}

  /** Whether it is a device in containers and no folder. */
  default boolean block() {
    return false;
  }

  private static boolean isBlock(ApiObject volume) {
    return text(volume.content().path("spec"), "volumeMode").equals("Block");
  }

  String UNKNOWN = "this node has no volumes of that kind";

  String NO_DEVICES =
      "this node makes block devices of volumes of drivers, of class local-path and of kind local"
          + " only: ask for Filesystem";

  /** By a pod's specification. */
  static Wanted of(String pod, JsonNode volume) {
    if (volume.path("emptyDir").isObject()) {
      return empty(volume.path("emptyDir"));
    }
    if (volume.path("hostPath").isObject()) {
      return ofMachine(volume.path("hostPath"));
    }
    if (volume.path("persistentVolumeClaim").isObject()) {
      return new Claim(text(volume.path("persistentVolumeClaim"), "claimName"), false);
    }
    if (volume.path("ephemeral").isObject()) {
      return new Claim(pod + "-" + text(volume, "name"), true);
    }
    if (volume.path("nfs").isObject()) {
      return nfs(volume.path("nfs"), List.of());
    }
    if (volume.path("image").isObject()) {
      JsonNode image = volume.path("image");
      return text(image, "reference").isEmpty()
          ? new Refused("the volume names no image")
          : new OfImage(text(image, "reference"), text(image, "pullPolicy"));
    }
    if (volume.path("csi").isObject()) {
      return new Inline();
    }
    return MIRRORS.stream().anyMatch(kind -> volume.path(kind).isObject())
        ? new Mirror(secret(volume))
        : new Refused(UNKNOWN);
  }

  private static boolean secret(JsonNode volume) {
    return volume.path("secret").isObject()
        || volume
            .path("projected")
            .path("sources")
            .valueStream()
            .anyMatch(source ->
                source.path("secret").isObject()
                    || source.path("serviceAccountToken").isObject()
                    || source.path("podCertificate").isObject());
  }

  private static Wanted ofMachine(JsonNode host) {
    try {
      return new OfMachine(Path.of(host.path("path").asString("/")), text(host, "type"));
    } catch (InvalidPathException e) {
      return new Refused("not a path of this node: " + e.getMessage());
    }
  }

  private static Wanted empty(JsonNode empty) {
    return new Empty(text(empty, "medium"), Quantities.whole(text(empty, "sizeLimit")));
  }

  /** By the volume that a claim is bound to. */
  static Wanted of(ApiObject claim, ApiObject volume) {
    JsonNode spec = volume.tree().path("spec");
    boolean block = isBlock(volume);
    boolean ours =
        LOCAL_PATH.equals(volume.meta().annotations().get("pv.kubernetes.io/provisioned-by"));
    if (ours && VolumeId.valid(claim.cluster()) && VolumeId.valid(volume.name())) {
      return new Local(
          new VolumeId(claim.cluster(), volume.name()),
          spec.path("capacity").path("storage").asString(""),
          text(spec, "persistentVolumeReclaimPolicy").equals("Delete"),
          block,
          claim);
    }
    if (spec.path("csi").isObject()) {
      return new Csi(claim, volume, spec.path("capacity").path("storage").asString(""));
    }
    if (spec.path("local").isObject()) {
      return ofVolume(spec.path("local"), block ? "BlockDevice" : "Directory", !block, block);
    }
    if (block) {
      return new Refused(NO_DEVICES);
    }
    if (spec.path("hostPath").isObject()) {
      return ofVolume(spec.path("hostPath"), text(spec.path("hostPath"), "type"), false, false);
    }
    if (spec.path("nfs").isObject()) {
      List<String> options = new ArrayList<>();
      spec.path("mountOptions").forEach(option -> options.add(option.asString("")));
      return nfs(spec.path("nfs"), options);
    }
    return new Refused(UNKNOWN);
  }

  private static Wanted ofVolume(JsonNode source, String type, boolean grouped, boolean block) {
    return switch (ofMachine(source)) {
      case OfMachine(Path path, String _) -> new Offered(path, type, grouped, block);
      case Wanted other -> other;
    };
  }

  private static Wanted nfs(JsonNode nfs, List<String> options) {
    boolean readOnly = nfs.path("readOnly").asBoolean(false);
    return NfsSource.of(text(nfs, "server"), text(nfs, "path"), options, readOnly);
  }

  private static String text(JsonNode tree, String field) {
    return tree.path(field).asString("");
  }
}
