package dev.argosy.server.custom.rule;

import dev.argosy.model.schema.field.Path;
import dev.argosy.model.status.Cause;
import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelBudget;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;
import dev.argosy.server.cel.value.JsonValues;
import dev.argosy.server.custom.schema.OldElements;
import dev.argosy.server.custom.schema.Problems;
import dev.argosy.server.custom.schema.SameValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Evaluates the rules of a schema for one object, within one budget. Parts that did not change are
 * only asked for rules that compare old and new.
 */
final class RuleEvaluation {

  private static final int LONGEST_MESSAGE = 5 * 1024;

  private final CelBudget budget = CelBudget.ofCall();
  private final Problems problems = new Problems();
  private boolean over;

  List<Cause> check(RuleNode root, JsonNode object, @Nullable JsonNode old) {
    node(root, object, old, Path.ROOT);
    return problems.causes();
  }

  private void node(RuleNode node, JsonNode value, @Nullable JsonNode old, Path path) {
    if (over || value.isNull()) {
      return;
    }
    if (!node.rules().isEmpty()) {
      rules(node, value, old, path);
    }
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        RuleNode below = node.member(entry.getKey());
        if (below != null) {
          JsonNode before = old == null ? null : old.get(entry.getKey());
          node(below, entry.getValue(), before, path.child(entry.getKey()));
        }
      }
    } else if (value.isArray() && node.items() != null) {
      OldElements before = OldElements.of(node.schema(), old);
      for (int i = 0; i < value.size(); i++) {
        node(node.items(), value.get(i), before.of(value.get(i)), path.at(i));
      }
    }
  }

  private void rules(RuleNode node, JsonNode value, @Nullable JsonNode old, Path path) {
    boolean unchanged = old != null && SameValue.of(value, old);
    for (CompiledRule rule : node.rules()) {
      boolean due = rule.transition() ? old != null || rule.text().optionalOldSelf() : !unchanged;
      if (due && !over) {
        rule(node, rule, bindings(node, rule, value, old), path);
      }
    }
  }

  private static Bindings bindings(
      RuleNode node, CompiledRule rule, JsonNode value, @Nullable JsonNode old) {
    Bindings.Builder bindings = new Bindings.Builder().json("self", value, node.shape());
    if (rule.text().optionalOldSelf()) {
      bindings.value(
          "oldSelf",
          old == null ? Optional.empty() : Optional.of(JsonValues.of(old, node.shape())));
    } else if (old != null) {
      bindings.json("oldSelf", old, node.shape());
    }
    return bindings.build();
  }

  private void rule(RuleNode node, CompiledRule rule, Bindings bindings, Path path) {
    switch (rule.program().evaluate(bindings, budget)) {
      case Evaluation.Value(Object value) -> {
        if (!Boolean.TRUE.equals(value)) {
          broken(node, rule, bindings, path);
        }
      }
      case Evaluation.Failed failed -> failed(node, rule, failed, path);
    }
  }

  private void failed(RuleNode node, CompiledRule rule, Evaluation.Failed failed, Path path) {
    String text =
        switch (failed.cause()) {
          case EXPRESSION_LIMIT -> {
            over = true;
            yield "'"
                + failed.message()
                + "': no further validation rules will be run due to call cost exceeds limit for"
                + " rule: "
                + rule.title();
          }
          case BUDGET -> {
            over = true;
            yield "validation failed due to running out of cost budget, no further validation rules"
                + " will be run";
          }
          case ERROR ->
              failed.message().startsWith("no such overload")
                  ? "'"
                      + failed.message()
                      + "': call arguments did not match a supported operator, function or macro"
                      + " signature for rule: "
                      + rule.title()
                  : failed.message() + " evaluating rule: " + rule.title();
        };
    problems.invalid(path, node.type(), text);
  }

  private void broken(RuleNode node, CompiledRule rule, Bindings bindings, Path path) {
    Path at = path;
    for (String member : rule.fieldPath()) {
      at = at.child(member);
    }
    String words = message(rule, bindings).orElse(rule.words());
    switch (rule.text().reason()) {
      case "FieldValueForbidden" -> problems.forbidden(at, words);
      case "FieldValueRequired" -> problems.required(at, words);
      case "FieldValueDuplicate" ->
          problems.duplicate(
              at, tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(node.type()));
      default -> problems.invalid(at, node.type(), words);
    }
  }

  private Optional<String> message(CompiledRule rule, Bindings bindings) {
    CelProgram program = rule.message();
    if (program == null
        || !(program.evaluate(bindings, budget) instanceof Evaluation.Value(Object value))
        || !(value instanceof String text)) {
      return Optional.empty();
    }
    boolean usable = !text.isBlank() && text.indexOf('\n') < 0 && text.length() <= LONGEST_MESSAGE;
    return usable ? Optional.of(text.strip()) : Optional.empty();
  }
}
