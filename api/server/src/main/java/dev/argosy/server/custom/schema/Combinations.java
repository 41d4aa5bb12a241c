package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not}. */
final class Combinations {

  private Combinations() {}

  static void addTo(JsonNode schema, List<Check> checks) {
    List<Schema> any = schemas(schema.path("anyOf"));
    List<Schema> one = schemas(schema.path("oneOf"));
    List<Schema> all = schemas(schema.path("allOf"));
    if (!any.isEmpty()) {
      checks.add((value, path, problems) -> any(any, value, path, problems));
    }
    if (!one.isEmpty()) {
      checks.add((value, path, problems) -> one(one, value, path, problems));
    }
    if (!all.isEmpty()) {
      checks.add((value, path, problems) -> all(all, value, path, problems));
    }
    if (schema.path("not").isObject()) {
      Schema not = SchemaReader.read(schema.path("not"));
      checks.add((value, path, problems) -> {
        if (attempt(not, value, path).none()) {
          problems.general(quoted(path) + " must not validate the schema (not)");
        }
      });
    }
  }

  private static List<Schema> schemas(JsonNode array) {
    List<Schema> schemas = new ArrayList<>();
    array.forEach(schema -> schemas.add(SchemaReader.read(schema)));
    return schemas;
  }

  private static Problems attempt(Schema schema, JsonNode value, Path path) {
    Problems own = new Problems();
    Values.check(schema, value, null, path, own);
    return own;
  }

  private static void any(List<Schema> schemas, JsonNode value, Path path, Problems problems) {
    Problems best = null;
    for (Schema schema : schemas) {
      Problems own = attempt(schema, value, path);
      if (own.none()) {
        return;
      }
      best = best == null || own.count() < best.count() ? own : best;
    }
    problems.general(quoted(path) + " must validate at least one schema (anyOf)");
    if (best != null) {
      problems.addAll(best.causes());
    }
  }

  private static void one(List<Schema> schemas, JsonNode value, Path path, Problems problems) {
    Problems best = null;
    int good = 0;
    for (Schema schema : schemas) {
      Problems own = attempt(schema, value, path);
      if (own.none()) {
        good++;
      } else {
        best = best == null || own.count() < best.count() ? own : best;
      }
    }
    if (good == 1) {
      return;
    }
    String found = good == 0 ? "Found none valid" : "Found " + good + " valid alternatives";
    problems.general(quoted(path) + " must validate one and only one schema (oneOf). " + found);
    if (good == 0 && best != null) {
      problems.addAll(best.causes());
    }
  }

  private static void all(List<Schema> schemas, JsonNode value, Path path, Problems problems) {
    int good = 0;
    for (Schema schema : schemas) {
      Problems own = attempt(schema, value, path);
      good += own.none() ? 1 : 0;
      problems.addAll(own.causes());
    }
    if (good < schemas.size()) {
      problems.general(
          quoted(path)
              + " must validate all the schemas (allOf)"
              + (good == 0 ? ". None validated" : ""));
    }
  }

  private static String quoted(Path path) {
    return '"' + path.toString() + '"';
  }
}
