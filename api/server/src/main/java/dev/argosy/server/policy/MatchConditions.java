package dev.argosy.server.policy;

import dev.argosy.model.status.Cause;
import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelBudget;
import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The {@code matchConditions} of a policy or webhook: all must be true. Immutable.
 *
 * @param conditions by name, in their order
 */
public record MatchConditions(List<Condition> conditions) {

  /** Without conditions everything matches. */
  public static final MatchConditions NONE = new MatchConditions(List.of());

  public MatchConditions {
    conditions = List.copyOf(conditions);
  }

  /** One of them. */
  public record Condition(String name, CelProgram program) {}

  /** Whether a request matches. */
  public sealed interface Match {
    /** All conditions are true. */
    record Yes() implements Match {}

    /** One is false. */
    record No(String condition) implements Match {}

    /** None is false, but one has no value: the failure policy decides. */
    record Unclear(String message) implements Match {}
  }

  /**
   * What became of the conditions of a webhook.
   *
   * @param causes what is wrong with them; empty if nothing is
   */
  public record Parsed(MatchConditions conditions, List<Cause> causes) {}

  /** The conditions of a webhook, over the variables of {@link RequestVariables#shapes}. */
  public static Parsed parse(JsonNode conditions, String path, CelEnvironment environment) {
    Expressions expressions = new Expressions(Map.of(), environment, false);
    MatchConditions parsed = parse(conditions, path, expressions);
    return new Parsed(parsed, expressions.causes());
  }

  static MatchConditions parse(JsonNode conditions, String path, Expressions expressions) {
    List<Condition> parsed = new ArrayList<>();
    int index = 0;
    for (JsonNode condition : conditions) {
      String name = condition.path("name").asString("");
      String field = path + "[" + index++ + "].expression";
      expressions
          .compile(condition.path("expression"), field, Expressions.BOOL)
          .ifPresent(program -> parsed.add(new Condition(name, program)));
    }
    return new MatchConditions(parsed);
  }

  /** Asks all of them, with a budget of their own. */
  public Match match(Bindings variables) {
    CelBudget budget = CelBudget.of(CelBudget.MATCH_CONDITIONS_LIMIT, CelBudget.EXPRESSION_LIMIT);
    List<String> failures = new ArrayList<>();
    for (Condition condition : conditions) {
      switch (condition.program().evaluate(variables, budget)) {
        case Evaluation.Value(Object value) -> {
          if (!Boolean.TRUE.equals(value)) {
            return new Match.No(condition.name());
          }
        }
        case Evaluation.Failed failed -> failures.add(Failures.words(condition.program(), failed));
      }
    }
    return aggregate(failures).<Match>map(Match.Unclear::new).orElse(new Match.Yes());
  }

  private static Optional<String> aggregate(List<String> failures) {
    return switch (failures.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(failures.getFirst());
      default -> Optional.of("[" + String.join(", ", failures) + "]");
    };
  }
}
