package dev.argosy.agent.csi.volume;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A volume of a driver, as a PersistentVolume or a pod describes it.
 *
 * @param handle by which the driver knows it
 * @param name the PersistentVolume's, or the one in the pod
 * @param inline whether it lives with its pod
 * @param block whether it is a device in containers and no folder
 */
public record CsiVolume(
    String driver,
    String handle,
    String name,
    boolean inline,
    boolean block,
    String fsType,
    Map<String, String> attributes,
    List<String> accessModes,
    List<String> mountOptions,
    long bytes,
    Secrets secrets) {

  /** Where a secret is. */
  record SecretName(String namespace, String name) {}

  /** Secrets for the driver's calls; null for none. */
  record Secrets(
      @Nullable SecretName stage, @Nullable SecretName publish, @Nullable SecretName expand) {}

  public CsiVolume {
    attributes = Map.copyOf(attributes);
    accessModes = List.copyOf(accessModes);
    mountOptions = List.copyOf(mountOptions);
  }

  /**
   * Of a PersistentVolume with {@code spec.csi}.
   *
   * @param bytes its size
   */
  public static CsiVolume of(ApiObject volume, long bytes) {
    JsonNode spec = volume.tree().path("spec");
    JsonNode csi = spec.path("csi");
    return new CsiVolume(
        csi.path("driver").asString(""),
        csi.path("volumeHandle").asString(""),
        volume.name(),
        false,
        spec.path("volumeMode").asString("").equals("Block"),
        csi.path("fsType").asString(""),
        texts(csi.path("volumeAttributes")),
        list(spec.path("accessModes")),
        list(spec.path("mountOptions")),
        bytes,
        new Secrets(
            secret(csi.path("nodeStageSecretRef"), ""),
            secret(csi.path("nodePublishSecretRef"), ""),
            secret(csi.path("nodeExpandSecretRef"), "")));
  }

  /** Of a pod's own volume of the kind {@code csi}. */
  public static CsiVolume of(PodView pod, JsonNode volume) {
    JsonNode csi = volume.path("csi");
    String name = volume.path("name").asString("");
    return new CsiVolume(
        csi.path("driver").asString(""),
        "csi-" + Digest.of(pod.uid() + name),
        name,
        true,
        false,
        csi.path("fsType").asString(""),
        texts(csi.path("volumeAttributes")),
        List.of("ReadWriteOnce"),
        List.of(),
        0,
        new Secrets(null, secret(csi.path("nodePublishSecretRef"), pod.key().namespace()), null));
  }

  private static @Nullable SecretName secret(JsonNode reference, String namespace) {
    String name = reference.path("name").asString("");
    return name.isEmpty()
        ? null
        : new SecretName(reference.path("namespace").asString(namespace), name);
  }

  private static Map<String, String> texts(JsonNode tree) {
    Map<String, String> texts = new LinkedHashMap<>();
    tree.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
    return texts;
  }

  private static List<String> list(JsonNode tree) {
    List<String> texts = new ArrayList<>();
    tree.forEach(one -> texts.add(one.asString("")));
    return texts;
  }

  /** As the node's status names it. */
  String unique() {
    return "kubernetes.io/csi/" + driver + "^" + handle;
  }
}
