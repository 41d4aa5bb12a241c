package dev.argosy.server.policy;

import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Cause;
import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.policy.MutatingPolicy.Mutation;
import dev.argosy.server.policy.MutatingPolicy.PatchType;
import dev.argosy.server.policy.PolicyHead.Variable;
import dev.argosy.server.policy.ValidatingPolicy.AuditAnnotation;
import dev.argosy.server.policy.ValidatingPolicy.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes policies of their JSON. Without state but for environments; all threads may enter. */
final class PolicyCompiler {

  private final Map<String, Shape> shapes;
  private final Map<String, Shape> shapesWithParams;
  private final CelEnvironment plain;
  private final CelEnvironment withParams;
  private final CelEnvironment making;
  private final CelEnvironment makingWithParams;

  PolicyCompiler() {
    shapes = RequestVariables.shapes();
    shapesWithParams = new LinkedHashMap<>(shapes);
    shapesWithParams.put("params", Shape.DYN);
    plain = CelEnvironment.of(shapes);
    withParams = CelEnvironment.of(shapesWithParams);
    making = CelEnvironment.constructing(shapes);
    makingWithParams = CelEnvironment.constructing(shapesWithParams);
  }

  /**
   * What became of a policy.
   *
   * @param causes what is wrong with it; empty if nothing is
   */
  record Compiled<P>(P policy, List<Cause> causes) {
    Compiled {
      causes = List.copyOf(causes);
    }
  }

  Compiled<ValidatingPolicy> validating(ObjectNode policy) {
    Expressions expressions = expressions(policy, false);
    List<Cause> causes = new ArrayList<>();
    PolicyHead head = head(policy, expressions, causes);
    JsonNode spec = policy.path("spec");
    List<Validation> validations = validations(spec.path("validations"), expressions);
    List<AuditAnnotation> annotations = annotations(spec.path("auditAnnotations"), expressions);
    causes.addAll(expressions.causes());
    return new Compiled<>(new ValidatingPolicy(head, validations, annotations), causes);
  }

  Compiled<MutatingPolicy> mutating(ObjectNode policy) {
    Expressions expressions = expressions(policy, true);
    List<Cause> causes = new ArrayList<>();
    PolicyHead head = head(policy, expressions, causes);
    JsonNode spec = policy.path("spec");
    List<Mutation> mutations = mutations(spec.path("mutations"), expressions);
    causes.addAll(expressions.causes());
    boolean reinvoke = spec.path("reinvocationPolicy").asString("Never").equals("IfNeeded");
    return new Compiled<>(new MutatingPolicy(head, mutations, reinvoke), causes);
  }

  private Expressions expressions(ObjectNode policy, boolean makes) {
    if (PolicyHead.paramKind(policy).isPresent()) {
      return new Expressions(shapesWithParams, makes ? makingWithParams : withParams, makes);
    }
    return new Expressions(shapes, makes ? making : plain, makes);
  }

  private static PolicyHead head(ObjectNode policy, Expressions expressions, List<Cause> causes) {
    JsonNode spec = policy.path("spec");
    List<Variable> variables = variables(spec.path("variables"), expressions);
    MatchConditions conditions =
        MatchConditions.parse(spec.path("matchConditions"), "spec.matchConditions", expressions);
    return new PolicyHead(
        policy.path("metadata").path("name").asString(""),
        match(spec.path("matchConstraints"), causes),
        PolicyHead.paramKind(policy),
        spec.path("failurePolicy").asString("Fail").equals("Ignore"),
        conditions,
        variables);
  }

  private static MatchRules match(JsonNode constraints, List<Cause> causes) {
    try {
      return MatchRules.ofPolicy(constraints);
    } catch (SelectorSyntaxException e) {
      causes.add(
          new Cause(
              "FieldValueInvalid", "Invalid value: " + e.getMessage(), "spec.matchConstraints"));
      return MatchRules.ofPolicy(tools.jackson.databind.node.MissingNode.getInstance());
    }
  }

  private static List<Variable> variables(JsonNode list, Expressions expressions) {
    List<Variable> variables = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : list) {
      String name = entry.path("name").asString("");
      String path = "spec.variables[" + index++ + "].expression";
      Optional<CelProgram> program =
          expressions.compile(entry.path("expression"), path, Expressions.ANY);
      program.ifPresent(compiled -> {
        expressions.compose(name, compiled);
        variables.add(new Variable(name, compiled));
      });
    }
    return variables;
  }

  private static List<Validation> validations(JsonNode list, Expressions expressions) {
    List<Validation> validations = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : list) {
      String path = "spec.validations[" + index++ + "].";
      Optional<CelProgram> message =
          entry.path("messageExpression").asString("").isBlank()
              ? Optional.empty()
              : expressions.compile(
                  entry.path("messageExpression"), path + "messageExpression", Expressions.TEXT);
      expressions
          .compile(entry.path("expression"), path + "expression", Expressions.BOOL)
          .ifPresent(program ->
              validations.add(
                  new Validation(
                      program,
                      entry.path("message").asString(""),
                      message,
                      entry.path("reason").asString(""))));
    }
    return validations;
  }

  private static List<AuditAnnotation> annotations(JsonNode list, Expressions expressions) {
    List<AuditAnnotation> annotations = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : list) {
      String path = "spec.auditAnnotations[" + index++ + "].valueExpression";
      String key = entry.path("key").asString("");
      expressions
          .compile(entry.path("valueExpression"), path, Expressions.TEXT_OR_NULL)
          .ifPresent(program -> annotations.add(new AuditAnnotation(key, program)));
    }
    return annotations;
  }

  private static List<Mutation> mutations(JsonNode list, Expressions expressions) {
    List<Mutation> mutations = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : list) {
      boolean patch = entry.path("patchType").asString("").equals("JSONPatch");
      String field = patch ? "jsonPatch" : "applyConfiguration";
      PatchType type = patch ? PatchType.JSON_PATCH : PatchType.APPLY_CONFIGURATION;
      String path = "spec.mutations[" + index++ + "]." + field + ".expression";
      expressions
          .compile(entry.path(field).path("expression"), path, Expressions.ANY)
          .ifPresent(program -> mutations.add(new Mutation(type, program)));
    }
    return mutations;
  }
}
