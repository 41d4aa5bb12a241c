package dev.argosy.server.openapi;

import dev.argosy.model.object.Json;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Types that are plain values in JSON. */
final class WellKnownSchemas {

  private WellKnownSchemas() {}

  static void addTo(Map<String, ObjectNode> definitions, Dialect dialect) {
    definitions.put(TypeNames.QUANTITY, quantity(dialect));
    definitions.put(TypeNames.INT_OR_STRING, intOrString(dialect));
    definitions.put(
        TypeNames.META + "Time",
        text("A point in time in RFC 3339 form, precise to seconds.").put("format", "date-time"));
    definitions.put(
        TypeNames.META + "MicroTime",
        text("A point in time in RFC 3339 form, precise to microseconds.")
            .put("format", "date-time"));
    definitions.put(
        TypeNames.META + "FieldsV1", object("A set of fields, as server-side apply tracks them."));
    definitions.put(TypeNames.META + "Patch", object("The body of a patch request."));
    definitions.put(TypeNames.RAW, object("Any JSON object."));
  }

  private static ObjectNode quantity(Dialect dialect) {
    String about =
        "A fixed-point number with an optional suffix: n, u, m, k, M, G, T, P, E for powers of"
            + " 1000, Ki, Mi, Gi, Ti, Pi, Ei for powers of 1024, or e with a decimal exponent.";
    if (dialect == Dialect.V2) {
      return text(about);
    }
    return Json.object().put("description", about).setAll(either("string", "number"));
  }

  private static ObjectNode intOrString(Dialect dialect) {
    String about = "A number or a text, for example a port by number or by name.";
    if (dialect == Dialect.V2) {
      return text(about).put("format", "int-or-string");
    }
    ObjectNode schema = Json.object().put("description", about).put("format", "int-or-string");
    return schema.setAll(either("integer", "string"));
  }

  private static ObjectNode either(String... types) {
    ObjectNode schema = Json.object();
    ArrayNode choices = schema.putArray("oneOf");
    for (String type : types) {
      choices.addObject().put("type", type);
    }
    return schema;
  }

  private static ObjectNode text(String description) {
    return Json.object().put("description", description).put("type", "string");
  }

  private static ObjectNode object(String description) {
    return Json.object().put("description", description).put("type", "object");
  }
}
