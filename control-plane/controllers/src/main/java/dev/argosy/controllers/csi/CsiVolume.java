package dev.argosy.controllers.csi;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A PersistentVolume as the loops of CSI see it.
 *
 * @param driver empty if it is no CSI volume
 * @param handle by which the driver knows it
 * @param claim cluster, namespace and name of its claim, as {@link
 *     dev.argosy.controllers.pod.PodView#claim} writes them; empty if it is free
 * @param claimUid empty while it is only reserved for a claim of that name
 */
public record CsiVolume(
    ApiObject object,
    String driver,
    String handle,
    String phase,
    Set<String> modes,
    String claim,
    String claimUid) {

  /** By {@link #id}, and the cluster before it. */
  public static final String BY_ID = "id";

  /** By {@link #id}, over all clusters. */
  public static final String BY_HANDLE = "handle";

  /** By {@link #driver}, those that no claim has any more, or that are being deleted. */
  public static final String BY_LAST_DRIVER = "last-driver";

  /** By {@link #claim}. */
  public static final String BY_CLAIM = "claim";

  /** By {@link #driver}. */
  public static final String BY_DRIVER = "driver";

  public static final InformerSpec<CsiVolume> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.VOLUMES),
          CsiVolume::of,
          new Index<>(BY_ID, v -> v.csi() ? List.of(inCluster(v.cluster(), v.id())) : List.of()),
          new Index<>(BY_HANDLE, v -> v.csi() ? List.of(v.id()) : List.of()),
          new Index<>(BY_DRIVER, v -> v.csi() ? List.of(v.driver()) : List.of()),
          new Index<>(BY_LAST_DRIVER, v -> v.csi() && v.leaves() ? List.of(v.driver()) : List.of()),
          new Index<>(
              BY_CLAIM, v -> v.csi() && !v.claim().isEmpty() ? List.of(v.claim()) : List.of()));

  private static final Set<String> SHARED = Set.of("ReadWriteMany", "ReadOnlyMany");

  public CsiVolume {
    modes = Set.copyOf(modes);
  }

  static CsiVolume of(ApiObject object) {
    JsonNode spec = object.content().path("spec");
    JsonNode ref = spec.path("claimRef");
    Set<String> modes = new HashSet<>();
    spec.path("accessModes").forEach(mode -> modes.add(mode.asString("")));
    return new CsiVolume(
        object,
        spec.at("/csi/driver").asString(""),
        spec.at("/csi/volumeHandle").asString(""),
        object.content().at("/status/phase").asString(""),
        modes,
        ref.isObject()
            ? "%s/%s/%s"
                .formatted(
                    object.cluster(),
                    ref.path("namespace").asString(""),
                    ref.path("name").asString(""))
            : "",
        ref.path("uid").asString(""));
  }

  /** What {@link #BY_ID} files a volume under. */
  public static String inCluster(String cluster, String id) {
    return cluster + "/" + id;
  }

  public boolean csi() {
    return !driver.isEmpty();
  }

  private boolean leaves() {
    return phase.equals("Released") || object.meta().deleting();
  }

  /** Driver and handle: two volumes with the same are the same storage. */
  public String id() {
    return driver + "^" + handle;
  }

  /** Its name in the status of nodes, as Kubernetes forms it. */
  public static String inStatus(String id) {
    return "kubernetes.io/csi/" + id;
  }

  public String cluster() {
    return object.cluster();
  }

  public String name() {
    return object.name();
  }

  public ObjectKey key() {
    return object.key();
  }

  /** Whether it may be attached to one node only at a time. */
  public boolean exclusive() {
    return !modes.isEmpty() && modes.stream().noneMatch(SHARED::contains);
  }
}
