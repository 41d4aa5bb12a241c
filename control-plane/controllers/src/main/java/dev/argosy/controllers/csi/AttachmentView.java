package dev.argosy.controllers.csi;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A VolumeAttachment.
 *
 * @param volume the name of its PersistentVolume; empty if it is of none
 * @param problem why it could not be attached the last time; empty if nothing went wrong
 */
public record AttachmentView(
    ApiObject object,
    String attacher,
    String node,
    String volume,
    boolean attached,
    String problem) {

  /** By cluster and name of the volume, as {@link #ofVolume} writes them. */
  public static final String BY_VOLUME = "volume";

  /** By the name of the node. */
  public static final String BY_NODE = "node";

  /** By the driver that attaches it. */
  public static final String BY_DRIVER = "driver";

  public static final InformerSpec<AttachmentView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.ATTACHMENTS),
          AttachmentView::of,
          new Index<>(BY_VOLUME, a -> List.of(ofVolume(a.object().cluster(), a.volume()))),
          new Index<>(BY_NODE, a -> List.of(a.node())),
          new Index<>(BY_DRIVER, a -> List.of(a.attacher())));

  static AttachmentView of(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode status = tree.path("status");
    return new AttachmentView(
        object,
        tree.at("/spec/attacher").asString(""),
        tree.at("/spec/nodeName").asString(""),
        tree.at("/spec/source/persistentVolumeName").asString(""),
        status.path("attached").asBoolean(false),
        status.at("/attachError/message").asString(""));
  }

  /** What {@link #BY_VOLUME} files the attachments of a volume under. */
  public static String ofVolume(String cluster, String volume) {
    return cluster + "/" + volume;
  }

  /** The name that Kubernetes gives to the attachment of a volume to a node. */
  public static String name(String handle, String driver, String node) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((handle + driver + node).getBytes(StandardCharsets.UTF_8));
      return "csi-" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public ObjectKey key() {
    return object.key();
  }

  public boolean deleting() {
    return object.meta().deleting();
  }

  /** Whether it is one that the loop of attachments makes for the volume, and not another's. */
  public boolean isOf(CsiVolume of) {
    return object.name().equals(name(of.handle(), of.driver(), node));
  }
}
