package dev.argosy.agent.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Terminal sizes from a stream of JSON objects that may be cut anywhere. */
final class TerminalSizes {

  /** In characters. */
  record Size(int columns, int rows) {}

  private static final int MAX_PENDING = 4096;

  private String pending = "";

  /** The sizes that are complete with these bytes. */
  List<Size> add(byte[] bytes) {
    pending += new String(bytes, UTF_8);
    List<Size> sizes = new ArrayList<>();
    for (int end = pending.indexOf('}'); end >= 0; end = pending.indexOf('}')) {
      parse(pending.substring(0, end + 1), sizes);
      pending = pending.substring(end + 1);
    }
    if (pending.length() > MAX_PENDING) {
      pending = "";
    }
    return sizes;
  }

  private static void parse(String json, List<Size> sizes) {
    try {
      JsonNode size = Json.mapper().readTree(json);
      int columns = size.path("Width").asInt(0);
      int rows = size.path("Height").asInt(0);
      if (columns > 0 && rows > 0) {
        sizes.add(new Size(columns, rows));
      }
    } catch (JacksonException e) {
      // a client that sends nonsense keeps its size
    }
  }
}
