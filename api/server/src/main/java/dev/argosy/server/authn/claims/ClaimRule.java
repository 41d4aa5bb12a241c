package dev.argosy.server.authn.claims;

import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelBudget;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;
import tools.jackson.databind.JsonNode;

/** What must be true of the claims, or of the user made of them. */
sealed interface ClaimRule {

  /**
   * Passes, or refuses.
   *
   * @param bound the variables of expressions
   */
  void require(JsonNode claims, Bindings bound, CelBudget budget) throws BadClaimsException;

  /** A claim has just this value. */
  record Value(String claim, String value) implements ClaimRule {
    @Override
    public void require(JsonNode claims, Bindings bound, CelBudget budget)
        throws BadClaimsException {
      JsonNode found = claims.path(claim);
      if (!found.isString() || !found.asString().equals(value)) {
        throw new BadClaimsException("the claim " + claim + " has another value than it must");
      }
    }
  }

  /**
   * An expression is true.
   *
   * @param message why it must be; empty: the expression itself is told
   */
  record Condition(CelProgram program, String message) implements ClaimRule {
    @Override
    public void require(JsonNode claims, Bindings bound, CelBudget budget)
        throws BadClaimsException {
      switch (program.evaluate(bound, budget)) {
        case Evaluation.Value(Object value) -> {
          if (!value.equals(true)) {
            throw new BadClaimsException(
                message.isEmpty() ? "not true: " + program.expression() : message);
          }
        }
        case Evaluation.Failed(var cause, String why) ->
            throw new BadClaimsException("a rule failed: " + why);
      }
    }
  }
}
