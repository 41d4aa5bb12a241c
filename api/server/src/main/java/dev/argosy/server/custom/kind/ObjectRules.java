package dev.argosy.server.custom.kind;

import dev.argosy.model.schema.KindSchema.ScalePaths;
import dev.argosy.model.schema.field.Path;
import dev.argosy.model.schema.validation.KindValidator;
import dev.argosy.model.status.Cause;
import dev.argosy.server.custom.definition.VersionSchema;
import dev.argosy.server.custom.rule.SchemaRules;
import dev.argosy.server.custom.schema.Embedded;
import dev.argosy.server.custom.schema.ListUniqueness;
import dev.argosy.server.custom.schema.Problems;
import dev.argosy.server.custom.schema.Schema;
import dev.argosy.server.custom.schema.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the objects of one version must fulfil: rules of metadata, of the schema, of its lists, of
 * the scale, and last the expressions, which may rely on all others.
 *
 * @param metadata the rules of metadata, the same for all kinds
 */
record ObjectRules(VersionSchema version, KindValidator metadata, Optional<ScalePaths> scale) {

  /** After these the value is too far from the schema to be shown to expressions. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueRequired", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid");

  private static final Cause NOT_CHECKED =
      new Cause(
          "FieldValueInvalid",
          "Invalid value: null: some validation rules were not checked because the object was"
              + " invalid; correct the existing errors to complete validation",
          "<nil>");

  List<Cause> validate(ObjectNode object) {
    return check(metadata.validate(object), object, null);
  }

  List<Cause> validateUpdate(ObjectNode object, ObjectNode old) {
    return check(metadata.validateUpdate(object, old), object, old);
  }

  private List<Cause> check(List<Cause> ofMetadata, ObjectNode object, @Nullable ObjectNode old) {
    Schema schema = version.schema();
    SchemaRules expressions = version.rules();
    Problems problems = new Problems();
    problems.addAll(ofMetadata);
    Values.check(schema, object, old, Path.ROOT, problems);
    scale.ifPresent(paths -> replicas(paths.specReplicas(), object, problems));
    scale.ifPresent(paths -> replicas(paths.statusReplicas(), object, problems));
    Embedded.check(schema, object, Path.ROOT, problems);
    ListUniqueness.check(schema, object, Path.ROOT, problems);
    if (expressions.isEmpty()) {
      return problems.causes();
    }
    if (problems.causes().stream().anyMatch(cause -> BLOCKING.contains(cause.reason()))) {
      problems.add(NOT_CHECKED);
    } else {
      problems.addAll(expressions.check(object, old));
    }
    return problems.causes();
  }

  private static void replicas(List<String> members, ObjectNode object, Problems problems) {
    JsonNode value = object;
    Path path = Path.ROOT;
    for (String member : members) {
      value = value.path(member);
      path = path.child(member);
    }
    if (!value.isIntegralNumber()) {
      return;
    }
    if (value.decimalValue().signum() < 0) {
      problems.invalid(path, value, "should be a non-negative integer");
    } else if (!value.canConvertToInt()) {
      problems.invalid(path, value, "should be less than or equal to " + Integer.MAX_VALUE);
    }
  }
}
