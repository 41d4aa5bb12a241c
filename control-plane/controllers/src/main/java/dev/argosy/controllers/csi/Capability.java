package dev.argosy.controllers.csi;

import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a volume is to be used, in the words of CSI. */
public final class Capability {

  private final boolean finer;

  /** As the driver understands it. */
  public Capability(Site site) {
    this.finer = site.can("SINGLE_NODE_MULTI_WRITER");
  }

  /** One for each access mode of a claim or volume. */
  public ArrayNode ofEach(JsonNode spec, String fsType, JsonNode mountOptions) {
    ArrayNode all = Json.mapper().createArrayNode();
    for (JsonNode mode : spec.path("accessModes")) {
      all.add(of(spec, mode(mode.asString("")), fsType, mountOptions));
    }
    return all;
  }

  /** The one that a volume is attached with: the widest of its access modes. */
  public ObjectNode ofVolume(JsonNode spec) {
    String widest = "";
    for (JsonNode mode : spec.path("accessModes")) {
      String next = mode(mode.asString(""));
      widest = rank(next) > rank(widest) ? next : widest;
    }
    return of(spec, widest, spec.at("/csi/fsType").asString(""), spec.path("mountOptions"));
  }

  private static ObjectNode of(JsonNode spec, String mode, String fsType, JsonNode mountOptions) {
    ObjectNode capability = Json.object();
    if (spec.path("volumeMode").asString("").equals("Block")) {
      capability.putObject("block");
    } else {
      ObjectNode mount = capability.putObject("mount");
      if (!fsType.isEmpty()) {
        mount.put("fsType", fsType);
      }
      if (!mountOptions.isEmpty()) {
        mount.set("mountFlags", mountOptions.deepCopy());
      }
    }
    capability.putObject("accessMode").put("mode", mode);
    return capability;
  }

  private String mode(String mode) {
    return switch (mode) {
      case "ReadWriteMany" -> "MULTI_NODE_MULTI_WRITER";
      case "ReadOnlyMany" -> "MULTI_NODE_READER_ONLY";
      case "ReadWriteOncePod" -> finer ? "SINGLE_NODE_SINGLE_WRITER" : "SINGLE_NODE_WRITER";
      default -> finer ? "SINGLE_NODE_MULTI_WRITER" : "SINGLE_NODE_WRITER";
    };
  }

  private static int rank(String mode) {
    return switch (mode) {
      case "MULTI_NODE_MULTI_WRITER" -> 4;
      case "MULTI_NODE_READER_ONLY" -> 3;
      case "" -> 0;
      case "SINGLE_NODE_SINGLE_WRITER" -> 1;
      default -> 2;
    };
  }
}
