package dev.argosy.agent.runtime.docker;

import dev.argosy.agent.runtime.tar.TarFile;
import dev.argosy.model.object.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An image of one layer in the form that {@code docker load} takes. */
final class DockerArchive {

  private DockerArchive() {}

  static byte[] of(String reference, String architecture, byte[] layer) {
    ObjectNode config = Json.object();
    config.put("architecture", architecture).put("os", "linux");
    config.putObject("config");
    ObjectNode root = config.putObject("rootfs");
    root.put("type", "layers");
    root.putArray("diff_ids").add("sha256:" + sha256(layer));
    ArrayNode manifest = Json.mapper().createArrayNode();
    ObjectNode entry = manifest.addObject();
    entry.put("Config", "config.json");
    entry.putArray("RepoTags").add(reference);
    entry.putArray("Layers").add("layer.tar");
    return new TarFile()
        .file("config.json", 0644, Json.mapper().writeValueAsBytes(config))
        .file("layer.tar", 0644, layer)
        .file("manifest.json", 0644, Json.mapper().writeValueAsBytes(manifest))
        .bytes();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
