package dev.argosy.server.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ObjectNode;

/** The bytes between objects. */
final class Splices {

  private static final byte[] ITEMS = ",\"items\":[".getBytes(UTF_8);

  private Splices() {}

  static void openList(String kind, String apiVersion, ListMeta meta, OutputStream out)
      throws IOException {
    ObjectNode head = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    head.set("metadata", meta.toJson());
    openObject(head, out);
    out.write(ITEMS);
  }

  /** An object without its closing brace. */
  static void openObject(ObjectNode object, OutputStream out) throws IOException {
    byte[] json = bytes(object);
    out.write(json, 0, json.length - 1);
  }

  static byte[] bytes(Object json) {
    return Json.mapper().writeValueAsBytes(json);
  }
}
