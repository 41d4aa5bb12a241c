package dev.argosy.server.custom.rule;

import dev.argosy.model.schema.field.Path;
import dev.argosy.server.cel.Compilation;
import dev.argosy.server.cel.estimate.CostEstimate;
import dev.argosy.server.custom.path.JsonPath;
import dev.argosy.server.custom.schema.Problems;
import dev.argosy.server.custom.schema.Schema;
import dev.argosy.server.custom.schema.Schema.RuleText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks the rules of a schema as it is written: they compile, and can be evaluated everywhere. */
public final class RuleCheck {

  private static final String RULES = "x-kubernetes-validations";
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

  private final Problems problems;
  private final RuleCosts costs = new RuleCosts();

  private RuleCheck(Problems problems) {
    this.problems = problems;
  }

  /** Tells what is wrong with the rules of a whole object's schema. */
  public static void check(Schema schema, Path path, Problems problems) {
    RuleCheck check = new RuleCheck(problems);
    check.node(schema, new Place("Object", path, null, 1), true);
    check.costs.checkTotal(path, problems);
  }

  /**
   * Where a node is.
   *
   * @param loose the list whose elements have no old value to compare with; null if none is above
   * @param times how many such values an object can have; {@link RuleCosts#UNBOUNDED} if unknown
   */
  private record Place(String name, Path path, @Nullable Path loose, long times) {
    Place below(String step, Path at) {
      return new Place(name + "." + step, at, loose, times);
    }

    Place repeated(String step, Path at, @Nullable Path uncorrelated, long most) {
      long all = most < 0 || times < 0 ? RuleCosts.UNBOUNDED : RuleCosts.product(times, most);
      return new Place(name + "." + step, at, uncorrelated, all);
    }
  }

  private void node(Schema schema, Place place, boolean resource) {
    if (!schema.rules().isEmpty()) {
      RuleCompiler compiler = new RuleCompiler(SchemaShapes.of(schema, place.name, resource));
      for (int i = 0; i < schema.rules().size(); i++) {
        rule(schema, schema.rules().get(i), compiler, place, place.path.child(RULES).at(i));
      }
    }
    schema
        .shape()
        .properties()
        .forEach((member, below) ->
            node(below, place.below(member, place.path.child("properties").key(member)), false));
    if (schema.shape().additional() != null) {
      node(
          schema.shape().additional(),
          place.repeated(
              "@elem",
              place.path.child("additionalProperties"),
              place.loose,
              schema.sizes().entries()),
          false);
    }
    if (schema.shape().items() != null) {
      Path items = place.path.child("items");
      boolean known = schema.marks().listType().equals("map");
      Path loose = known || place.loose != null ? place.loose : items;
      node(
          schema.shape().items(),
          place.repeated("@idx", items, loose, schema.sizes().items()),
          false);
    }
  }

  private void rule(Schema schema, RuleText rule, RuleCompiler compiler, Place place, Path path) {
    words(rule, path);
    if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
      problems.notSupported(path.child("reason"), rule.reason(), REASONS);
    }
    if (!rule.fieldPath().isEmpty()) {
      fieldPath(schema, rule.fieldPath(), path.child("fieldPath"));
    }
    if (rule.rule().isBlank()) {
      problems.required(path.child("rule"), "rule is not specified");
      return;
    }
    switch (compiler.compile(rule)) {
      case Compilation.Rejected(String message) ->
          problems.invalid(path.child("rule"), rule.rule(), "compilation failed: " + message);
      case Compilation.Compiled(var program) -> {
        if (!isType(program.resultType(), "bool")) {
          problems.invalid(
              path.child("rule"), rule.rule(), "cel expression must evaluate to a bool");
        }
        transition(rule, program.mentions("oldSelf"), place, path);
        long cost = RuleCosts.of(program, schema, place.times);
        costs.check("estimated rule cost", cost, path.child("rule"), problems);
      }
    }
    if (!rule.messageExpression().isBlank()) {
      messageExpression(schema, rule, compiler, place.times, path.child("messageExpression"));
    }
  }

  private static boolean isType(dev.cel.common.types.CelType type, String name) {
    return type.name().equals(name) || type.name().equals("dyn");
  }

  private void transition(RuleText rule, boolean transition, Place place, Path path) {
    if (transition && place.loose != null) {
      problems.invalid(
          path.child("rule"),
          rule.rule(),
          "oldSelf cannot be used on the uncorrelatable portion of the schema within "
              + place.loose);
    }
    if (!transition && rule.optionalOldSelf()) {
      problems.invalid(
          path.child("optionalOldSelf"),
          JsonNodeFactory.instance.booleanNode(true),
          "option must be set to true only if oldSelf is used in the rule");
    }
  }

  /** Texts of numbers have no known size: such messages are bounded when they are made. */
  private void messageExpression(
      Schema schema, RuleText rule, RuleCompiler compiler, long times, Path path) {
    switch (compiler.compileMessage(rule)) {
      case Compilation.Rejected(String message) ->
          problems.invalid(
              path, rule.messageExpression(), "messageExpression compilation failed: " + message);
      case Compilation.Compiled(var program) -> {
        if (!isType(program.resultType(), "string")) {
          problems.invalid(
              path, rule.messageExpression(), "messageExpression must evaluate to a string");
        }
        if (program.estimatedCost() != CostEstimate.UNBOUNDED) {
          long cost = RuleCosts.of(program, schema, times);
          costs.check("estimated messageExpression cost", cost, path, problems);
        }
      }
    }
  }

  private void words(RuleText rule, Path path) {
    String message = rule.message();
    if (!message.isEmpty() && message.isBlank()) {
      problems.invalid(path.child("message"), message, "message must be non-empty if specified");
    } else if (message.strip().indexOf('\n') >= 0) {
      problems.invalid(path.child("message"), message, "message must not contain line breaks");
    } else if (message.isBlank() && rule.rule().strip().indexOf('\n') >= 0) {
      problems.required(
          path.child("message"), "message must be specified if rule contains line breaks");
    }
  }

  private void fieldPath(Schema schema, String text, Path path) {
    Optional<List<String>> members =
        text.startsWith(".") ? JsonPath.parse(text).flatMap(JsonPath::members) : Optional.empty();
    if (members.isEmpty()) {
      problems.invalid(path, text, "fieldPath must be a valid path: expected members after dots");
      return;
    }
    Schema node = schema;
    for (String member : members.get()) {
      Schema below = node.member(member);
      if (below == null) {
        problems.invalid(
            path, text, "fieldPath must be a valid path: does not refer to a valid field");
        return;
      }
      node = below;
    }
  }
}
