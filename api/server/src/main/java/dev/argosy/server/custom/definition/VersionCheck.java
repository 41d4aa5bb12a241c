package dev.argosy.server.custom.definition;

import dev.argosy.model.schema.field.Path;
import dev.argosy.server.custom.path.JsonPath;
import dev.argosy.server.custom.rule.RuleCheck;
import dev.argosy.server.custom.schema.Problems;
import dev.argosy.server.custom.schema.SchemaReader;
import dev.argosy.server.custom.schema.StructuralCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the schema of one version of a definition, and the paths into its objects. */
final class VersionCheck {

  private static final int MOST_SELECTABLE = 8;

  void check(JsonNode version, Path path, Problems problems) {
    JsonNode schema = version.path("schema").path("openAPIV3Schema");
    if (schema.isObject()) {
      structure(schema, path.child("schema").child("openAPIV3Schema"), problems);
    }
    columns(version.path("additionalPrinterColumns"), path, problems);
    scale(version.path("subresources").path("scale"), path, problems);
    selectable(version.path("selectableFields"), schema, path, problems);
  }

  /** Expressions are only looked at in schemas that are sound otherwise. */
  private static void structure(JsonNode schema, Path path, Problems problems) {
    Problems own = new Problems();
    StructuralCheck.root(schema, path, own);
    problems.addAll(own.causes());
    if (own.none()) {
      RuleCheck.check(SchemaReader.read(schema), path, problems);
    }
  }

  private static void columns(JsonNode columns, Path path, Problems problems) {
    for (int i = 0; i < columns.size(); i++) {
      String text = columns.get(i).path("jsonPath").asString("");
      Path at = path.child("additionalPrinterColumns").at(i).child("jsonPath");
      if (text.startsWith(".")) {
        JsonPath.problem(text).ifPresent(why -> problems.invalid(at, text, why));
      }
    }
  }

  private static void scale(JsonNode scale, Path path, Problems problems) {
    for (String field : List.of("specReplicasPath", "statusReplicasPath", "labelSelectorPath")) {
      String text = scale.path(field).asString("");
      if (text.startsWith(".") && JsonPath.parse(text).flatMap(JsonPath::members).isEmpty()) {
        problems.invalid(
            path.child("subresources").child("scale").child(field),
            text,
            "must be a simple json path with dot notation");
      }
    }
  }

  private static void selectable(JsonNode fields, JsonNode schema, Path path, Problems problems) {
    Path at = path.child("selectableFields");
    if (fields.size() > MOST_SELECTABLE) {
      problems.tooMany(at, fields.size(), MOST_SELECTABLE);
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      JsonNode value = fields.get(i).path("jsonPath");
      String text = value.asString("");
      Path here = at.at(i).child("jsonPath");
      Optional<List<String>> members =
          text.startsWith(".") ? JsonPath.parse(text).flatMap(JsonPath::members) : Optional.empty();
      if (text.isEmpty()) {
        problems.required(here, "");
      } else if (members.isEmpty()) {
        problems.invalid(here, text, "is an invalid path: must be a simple path of fields");
      } else if (members.get().getFirst().equals("metadata")) {
        problems.invalid(here, text, "must not point to fields in metadata");
      } else if (!scalar(schema, members.get())) {
        problems.invalid(
            here,
            text,
            "must point to a field of type string, boolean or integer. Enum string fields and"
                + " strings with formats are allowed.");
      }
      if (!seen.add(text)) {
        problems.duplicate(here, value);
      }
    }
  }

  private static boolean scalar(JsonNode schema, List<String> members) {
    JsonNode node = schema;
    for (String member : members) {
      node = node.path("properties").path(member);
    }
    return Set.of("string", "boolean", "integer").contains(node.path("type").asString(""));
  }
}
