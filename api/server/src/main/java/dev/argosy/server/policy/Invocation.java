package dev.argosy.server.policy;

import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelBudget;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.value.JsonValues;
import dev.argosy.server.cel.value.Selectable;
import dev.argosy.server.policy.PolicyHead.Variable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy asked about one request with one parameter: all variables, and the budget that its
 * expressions share. Used by one thread.
 */
final class Invocation implements Bindings {

  private final PolicyHead policy;
  private final Bindings request;
  private final CelBudget budget = CelBudget.ofCall();
  private final Object param;
  private final Composed composed = new Composed();

  Invocation(PolicyHead policy, Bindings request, Optional<ObjectNode> param) {
    this.policy = policy;
    this.request = request;
    this.param = JsonValues.of(param.orElse(null), Shape.DYN);
  }

  MatchConditions.Match matches() {
    return policy.conditions().match(this);
  }

  Evaluation evaluate(CelProgram program) {
    return program.evaluate(this, budget);
  }

  @Override
  public @Nullable Object find(String name) {
    return switch (name) {
      case "params" -> param;
      case "variables" -> composed;
      default -> request.find(name);
    };
  }

  /** The policy's own variables, each evaluated when it is first used. */
  private final class Composed implements Selectable {

    private final Map<String, Evaluation> values = new HashMap<>();

    @Override
    public @Nullable Object select(String field) {
      Evaluation value = values.get(field);
      if (value == null) {
        Optional<Variable> variable =
            policy.variables().stream().filter(v -> v.name().equals(field)).findFirst();
        if (variable.isEmpty()) {
          return null;
        }
        value = evaluate(variable.get().program());
        values.put(field, value);
      }
      return switch (value) {
        case Evaluation.Value(Object result) -> result;
        case Evaluation.Failed failed ->
            throw new EvalError(
                "composited variable \"" + field + "\" fails to evaluate: " + failed.message());
      };
    }
  }
}
