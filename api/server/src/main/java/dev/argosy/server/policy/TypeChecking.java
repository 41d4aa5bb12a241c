package dev.argosy.server.policy;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.cel.BuiltinShapes;
import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.Compilation;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.Shaped;
import dev.argosy.server.registry.KindTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the validations of a policy against the kinds that it names, as far as these are known at
 * that time: {@code status.typeChecking}.
 */
final class TypeChecking {

  private static final int MAX_KINDS = 10;

  private final KindTables kinds;

  TypeChecking(KindTables kinds) {
    this.kinds = kinds;
  }

  /** The warnings, in the form of the status. */
  ObjectNode check(String cluster, ObjectNode policy) {
    Map<String, CelEnvironment> environments = new LinkedHashMap<>();
    for (KindSchema kind : named(cluster, policy.path("spec").path("matchConstraints"))) {
      shape(kind)
          .ifPresent(shape ->
              environments.put(
                  kind.type().apiVersion() + ", Kind=" + kind.type().kind(),
                  environment(cluster, policy, shape)));
    }
    ObjectNode result = Json.object();
    ArrayNode warnings = Json.mapper().createArrayNode();
    int index = 0;
    for (JsonNode validation : policy.path("spec").path("validations")) {
      String path = "spec.validations[" + index++ + "].";
      for (String field : List.of("expression", "messageExpression")) {
        String text = validation.path(field).asString("");
        if (!text.isBlank()) {
          warn(warnings, path + field, warning(text, environments));
        }
      }
    }
    if (!warnings.isEmpty()) {
      result.set("expressionWarnings", warnings);
    }
    return result;
  }

  private static void warn(ArrayNode warnings, String field, String warning) {
    if (!warning.isEmpty()) {
      warnings.addObject().put("fieldRef", field).put("warning", warning);
    }
  }

  private static String warning(String expression, Map<String, CelEnvironment> environments) {
    StringBuilder warning = new StringBuilder();
    environments.forEach((kind, environment) -> {
      if (environment.compile(expression) instanceof Compilation.Rejected(String message)) {
        warning.append(kind).append(": ").append(message).append('\n');
      }
    });
    return warning.toString();
  }

  /** The kinds of all rules that name them exactly. */
  private List<KindSchema> named(String cluster, JsonNode constraints) {
    Map<String, KindSchema> named = new LinkedHashMap<>();
    for (JsonNode rule : constraints.path("resourceRules")) {
      for (JsonNode group : rule.path("apiGroups")) {
        for (JsonNode version : rule.path("apiVersions")) {
          for (JsonNode resource : rule.path("resources")) {
            kinds
                .of(cluster)
                .find(group.asString(""), version.asString(""), resource.asString(""))
                .ifPresent(kind -> named.put(kind.type().apiVersion() + kind.type().kind(), kind));
          }
        }
      }
    }
    return named.values().stream().limit(MAX_KINDS).toList();
  }

  private static Optional<Shape> shape(KindSchema kind) {
    return kind instanceof Shaped shaped
        ? Optional.of(shaped.celShape())
        : kind.struct().map(BuiltinShapes::of);
  }

  private CelEnvironment environment(String cluster, ObjectNode policy, Shape object) {
    Map<String, Shape> shapes = RequestVariables.shapes();
    shapes.put("object", object);
    shapes.put("oldObject", object);
    PolicyHead.paramKind(policy)
        .ifPresent(kind ->
            shapes.put(
                "params",
                kinds
                    .of(cluster)
                    .ofKind(kind.apiVersion(), kind.kind())
                    .flatMap(TypeChecking::shape)
                    .orElse(Shape.DYN)));
    if (!policy.path("spec").path("variables").isEmpty()) {
      shapes.put("variables", Shape.DYN);
    }
    return CelEnvironment.of(shapes);
  }
}
