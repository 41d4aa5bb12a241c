package dev.argosy.server.policy;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all kinds of policies have.
 *
 * @param paramKind the kind of its parameters, if it takes any
 * @param failOpen whether an error lets the request pass
 */
record PolicyHead(
    String name,
    MatchRules match,
    Optional<ParamKind> paramKind,
    boolean failOpen,
    MatchConditions conditions,
    List<Variable> variables) {

  PolicyHead {
    variables = List.copyOf(variables);
  }

  /** The kind of parameters. */
  record ParamKind(String apiVersion, String kind) {}

  /** A part of expressions with a name, evaluated when it is first used. */
  record Variable(String name, dev.argosy.server.cel.CelProgram program) {}

  static Optional<ParamKind> paramKind(ObjectNode policy) {
    JsonNode kind = policy.path("spec").path("paramKind");
    return kind.isObject()
        ? Optional.of(
            new ParamKind(kind.path("apiVersion").asString(""), kind.path("kind").asString("")))
        : Optional.empty();
  }
}
