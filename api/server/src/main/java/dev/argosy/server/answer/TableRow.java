package dev.argosy.server.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.print.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The row of one revision in JSON up to its object, with holes where ages go. Made once, when a
 * table is first asked for, and kept with the revision.
 *
 * @param fixed what stands before, between and behind the holes; one more than there are holes
 */
record TableRow(List<byte[]> fixed, List<Row.Timed> holes) {

  static TableRow of(KindSchema kind, ApiObject object) {
    return object.derived(TableRow.class, kind, o -> make(kind, o.tree()));
  }

  private static TableRow make(KindSchema kind, ObjectNode tree) {
    List<byte[]> fixed = new ArrayList<>();
    List<Row.Timed> holes = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("{\"cells\":".getBytes(UTF_8));
    char separator = '[';
    for (Object cell : kind.row(tree).cells()) {
      text.write(separator);
      separator = ',';
      if (cell instanceof Row.Timed timed) {
        fixed.add(text.toByteArray());
        text.reset();
        holes.add(timed);
      } else {
        text.writeBytes(Splices.bytes(cell));
      }
    }
    text.writeBytes((separator == '[' ? "[]" : "]").getBytes(UTF_8));
    text.writeBytes(conditions(kind, tree));
    fixed.add(text.toByteArray());
    return new TableRow(fixed, holes);
  }

  /** kubectl dims rows of pods that are done; it looks for this condition. */
  private static byte[] conditions(KindSchema kind, ObjectNode tree) {
    String phase = tree.path("status").path("phase").asString("");
    boolean good = phase.equals("Succeeded");
    if (!kind.type().groupResource().toString().equals("pods")
        || !good && !phase.equals("Failed")) {
      return new byte[0];
    }
    ObjectNode condition =
        Json.object()
            .put("type", "Completed")
            .put("status", "True")
            .put("reason", phase)
            .put("message", good ? "The pod has completed successfully." : "The pod failed.");
    return (",\"conditions\":[" + condition + "]").getBytes(UTF_8);
  }

  /** Everything but the object and the closing brace. */
  void writeTo(Instant now, OutputStream out) throws IOException {
    for (int i = 0; i < holes.size(); i++) {
      out.write(fixed.get(i));
      Splices.value(holes.get(i).at(now), out);
    }
    out.write(fixed.getLast());
  }
}
