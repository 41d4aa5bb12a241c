package dev.argosy.agent.csi.volume;

import dev.argosy.agent.csi.AccessMode;
import dev.argosy.agent.csi.Driver;
import dev.argosy.agent.csi.NodeAbility;
import dev.argosy.agent.grpc.MessageBuilder;
import java.nio.file.Path;
import java.util.Map;

/**
 * Requests of CSI's node service for one volume.
 *
 * @param group of the volume's files, if the driver sets it; else empty
 */
record NodeRequests(Driver driver, CsiVolume volume, String group) {

  /**
   * The volume for the node.
   *
   * @param context what its controller said
   */
  MessageBuilder stage(Path staging, Map<String, String> context, Map<String, String> secrets) {
    return new MessageBuilder()
        .text(1, volume.handle())
        .map(2, context)
        .text(3, staging.toString())
        .message(4, capability())
        .map(5, secrets)
        .map(6, volume.attributes());
  }

  /**
   * The volume for a pod.
   *
   * @param staging empty if it is not staged
   * @param attributes the volume's, and what the driver is told of the pod
   */
  MessageBuilder publish(
      String staging,
      Path target,
      boolean readOnly,
      Map<String, String> context,
      Map<String, String> secrets,
      Map<String, String> attributes) {
    return new MessageBuilder()
        .text(1, volume.handle())
        .map(2, context)
        .text(3, staging)
        .text(4, target.toString())
        .message(5, capability())
        .flag(6, readOnly)
        .map(7, secrets)
        .map(8, attributes);
  }

  MessageBuilder expand(Path target, String staging, Map<String, String> secrets) {
    return new MessageBuilder()
        .text(1, volume.handle())
        .text(2, target.toString())
        .message(3, new MessageBuilder().number(1, volume.bytes()))
        .text(4, staging)
        .message(5, capability())
        .map(6, secrets);
  }

  private MessageBuilder capability() {
    boolean finer = driver.can(NodeAbility.SINGLE_NODE_MULTI_WRITER);
    AccessMode mode =
        volume.inline()
            ? AccessMode.SINGLE_NODE_WRITER
            : AccessMode.of(volume.accessModes(), finer);
    MessageBuilder capability = new MessageBuilder();
    if (volume.block()) {
      capability.message(1, new MessageBuilder());
    } else {
      capability.message(
          2,
          new MessageBuilder()
              .text(1, volume.fsType())
              .texts(2, volume.mountOptions())
              .text(3, group));
    }
    return capability.message(3, new MessageBuilder().number(1, mode.number()));
  }

  static MessageBuilder unpublish(String handle, Path target) {
    return new MessageBuilder().text(1, handle).text(2, target.toString());
  }

  static MessageBuilder unstage(String handle, Path staging) {
    return new MessageBuilder().text(1, handle).text(2, staging.toString());
  }

  static MessageBuilder stats(String handle, Path target, String staging) {
    return new MessageBuilder().text(1, handle).text(2, target.toString()).text(3, staging);
  }
}
