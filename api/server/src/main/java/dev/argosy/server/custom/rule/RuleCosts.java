package dev.argosy.server.custom.rule;

import dev.argosy.model.schema.field.Path;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.custom.schema.Problems;
import dev.argosy.server.custom.schema.Schema;
import java.util.Locale;

/** What the expressions of a schema may cost at most, each and together. Belongs to one check. */
final class RuleCosts {

  /** Nothing is known of how many there can be. */
  static final long UNBOUNDED = -1;

  private static final long ONE_LIMIT = 10_000_000;
  private static final long TOTAL_LIMIT = 100_000_000;
  private static final double MUCH = 100;
  private static final double LITTLE = 1.5;

  private long total;

  /**
   * The most that an expression can cost for one object.
   *
   * @param times how many values of the schema an object can have
   */
  static long of(CelProgram program, Schema schema, long times) {
    long most = times < 0 ? Bounds.occurrences(schema) : times;
    return product(program.estimatedCost(), most);
  }

  /** A product that stays at the largest number instead of beginning anew. */
  static long product(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  void check(String what, long cost, Path path, Problems problems) {
    total = cost > Long.MAX_VALUE - total ? Long.MAX_VALUE : total + cost;
    if (cost > ONE_LIMIT) {
      problems.forbidden(path, exceeded(what, cost, ONE_LIMIT));
    }
  }

  void checkTotal(Path path, Problems problems) {
    if (total > TOTAL_LIMIT) {
      String what =
          "x-kubernetes-validations estimated rule & messageExpression cost total for entire"
              + " OpenAPIv3 schema";
      problems.forbidden(path, exceeded(what, total, TOTAL_LIMIT));
    }
  }

  private static String exceeded(String what, long cost, long limit) {
    double factor = (double) cost / limit;
    String shown =
        factor > MUCH
            ? "more than 100x"
            : String.format(Locale.ROOT, factor < LITTLE ? "%fx" : "%.1fx", factor);
    return what
        + " exceeds budget by factor of "
        + shown
        + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where"
        + " arrays, maps, and strings are declared)";
  }
}
