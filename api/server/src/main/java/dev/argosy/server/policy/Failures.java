package dev.argosy.server.policy;

import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Evaluation;

/** Kubernetes' words for an expression that has no value. */
final class Failures {

  private Failures() {}

  static String words(CelProgram program, Evaluation.Failed failed) {
    return switch (failed.cause()) {
      case ERROR ->
          "expression '" + program.expression() + "' resulted in error: " + failed.message();
      case EXPRESSION_LIMIT, BUDGET ->
          "validation failed due to running out of cost budget, no further validation rules will be"
              + " run";
    };
  }
}
