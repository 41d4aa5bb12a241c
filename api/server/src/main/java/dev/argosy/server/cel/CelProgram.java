package dev.argosy.server.cel;

import dev.argosy.server.cel.estimate.CostEstimate;
import dev.argosy.server.cel.eval.CostExceeded;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.Frame;
import dev.argosy.server.cel.eval.Meter;
import dev.argosy.server.cel.eval.Planner;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import java.util.Map;

/** A compiled expression. Immutable; any number of threads may evaluate it. */
public final class CelProgram {

  private final String expression;
  private final CelAbstractSyntaxTree tree;
  private final Planner.Plan plan;
  private final Map<String, Shape> variables;

  CelProgram(
      String expression,
      CelAbstractSyntaxTree tree,
      Planner.Plan plan,
      Map<String, Shape> variables) {
    this.expression = expression;
    this.tree = tree;
    this.plan = plan;
    this.variables = variables;
  }

  public String expression() {
    return expression;
  }

  /** The type that the checker found. */
  public CelType resultType() {
    return tree.getResultType();
  }

  /** Whether the expression mentions that variable. */
  public boolean mentions(String variable) {
    for (CelReference reference : tree.getReferenceMap().values()) {
      if (reference.name().equals(variable)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The most that one evaluation can cost, by the sizes that the variables' shapes allow. Computed
   * on every call.
   *
   * @return {@link CostEstimate#UNBOUNDED} if nothing bounds it
   */
  public long estimatedCost() {
    return CostEstimate.highest(tree, variables);
  }

  /** Evaluates within what is left of the budget, and spends it. Never throws. */
  public Evaluation evaluate(Bindings bindings, CelBudget budget) {
    long limit = Math.min(budget.expressionLimit(), budget.remaining());
    Meter meter = new Meter(limit);
    try {
      return new Evaluation.Value(plan.root().eval(new Frame(bindings, meter, plan.slots())));
    } catch (EvalError e) {
      return new Evaluation.Failed(Evaluation.Cause.ERROR, e.words());
    } catch (CostExceeded e) {
      return limit < budget.expressionLimit()
          ? new Evaluation.Failed(Evaluation.Cause.BUDGET, String.valueOf(e.getMessage()))
          : new Evaluation.Failed(
              Evaluation.Cause.EXPRESSION_LIMIT, String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      return new Evaluation.Failed(Evaluation.Cause.ERROR, "expression is nested too deeply");
    } finally {
      budget.spend(meter.spent());
    }
  }
}
