package dev.argosy.agent.runtime.cri;

import dev.argosy.model.object.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image of one layer.
 *
 * @see <a href="https://github.com/opencontainers/image-spec">Image specification</a>
 */
record OciImage(Blob layer, Blob config, Blob manifest) {

  private static final String TYPE = "application/vnd.oci.image.";

  /** A piece of an image. */
  record Blob(String type, byte[] bytes, String digest) {
    static Blob of(String type, byte[] bytes) {
      return new Blob(TYPE + type, bytes, "sha256:" + sha256(bytes));
    }
  }

  static OciImage of(byte[] rootTar, List<String> command) {
    Blob layer = Blob.of("layer.v1.tar", rootTar);
    ObjectNode config = Json.object();
    config.put("architecture", "amd64").put("os", "linux");
    ObjectNode settings = config.putObject("config");
    if (!command.isEmpty()) {
      command.forEach(settings.putArray("Entrypoint")::add);
    }
    ObjectNode root = config.putObject("rootfs");
    root.put("type", "layers");
    root.putArray("diff_ids").add(layer.digest);
    Blob configBlob = Blob.of("config.v1+json", Json.mapper().writeValueAsBytes(config));
    ObjectNode manifest = Json.object();
    manifest.put("schemaVersion", 2).put("mediaType", TYPE + "manifest.v1+json");
    describe(manifest.putObject("config"), configBlob);
    describe(manifest.putArray("layers").addObject(), layer);
    return new OciImage(
        layer, configBlob, Blob.of("manifest.v1+json", Json.mapper().writeValueAsBytes(manifest)));
  }

  private static void describe(ObjectNode descriptor, Blob blob) {
    descriptor.put("mediaType", blob.type).put("size", blob.bytes.length);
    descriptor.put("digest", blob.digest);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
