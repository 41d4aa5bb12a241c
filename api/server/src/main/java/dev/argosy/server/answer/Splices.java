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

  /** A short text or another simple value; most need no escapes. */
  static void value(Object value, OutputStream out) throws IOException {
    if (value instanceof String text && plain(text)) {
      byte[] quoted = new byte[text.length() + 2];
      quoted[0] = '"';
      for (int i = 0; i < text.length(); i++) {
        quoted[i + 1] = (byte) text.charAt(i);
      }
      quoted[quoted.length - 1] = '"';
      out.write(quoted);
    } else {
      out.write(bytes(value));
    }
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  static byte[] bytes(Object json) {
    return Json.mapper().writeValueAsBytes(json);
  }
}
