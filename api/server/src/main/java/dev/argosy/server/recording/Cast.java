package dev.argosy.server.recording;

import dev.argosy.model.object.Json;
import dev.argosy.tenancy.recording.ExecRecording;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of an asciicast.
 *
 * @see <a href="https://docs.asciinema.org/manual/asciicast/v2/">asciicast v2</a>
 */
final class Cast {

  static final String OUTPUT = "o";
  static final String RESIZE = "r";
  static final String MARKER = "m";

  private Cast() {}

  static byte[] header(ExecRecording session) {
    ExecRecording.Place place = session.place();
    ObjectNode header = Json.object();
    header.put("version", 2);
    header.put("width", session.screen().columns()).put("height", session.screen().rows());
    header.put("timestamp", session.what().startedAt().getEpochSecond());
    if (!session.what().command().isEmpty()) {
      header.put("command", session.what().command());
    }
    header.put(
        "title",
        session.who().user()
            + " in "
            + place.cluster()
            + "/"
            + place.namespace()
            + "/"
            + place.pod()
            + "/"
            + place.container());
    return line(header.toString());
  }

  /**
   * An event.
   *
   * @param nanos since the beginning
   */
  static byte[] event(long nanos, String code, String data) {
    ArrayNode event = Json.mapper().createArrayNode();
    event.add(Math.round(nanos / 1_000.0) / 1_000_000.0).add(code).add(data);
    return line(event.toString());
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
