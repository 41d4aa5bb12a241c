package dev.argosy.server.cel;

import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The names of all functions that a parsed expression may mean. */
final class FunctionNames {

  private final Set<String> names = new HashSet<>();

  private FunctionNames() {}

  static Set<String> of(CelExpr expression) {
    FunctionNames found = new FunctionNames();
    found.visit(expression);
    return found.names;
  }

  private void visit(CelExpr expr) {
    switch (expr.getKind()) {
      case SELECT -> visit(expr.select().operand());
      case CALL -> call(expr.call());
      case LIST -> expr.list().elements().forEach(this::visit);
      case MAP ->
          expr.map()
              .entries()
              .forEach(entry -> {
                visit(entry.key());
                visit(entry.value());
              });
      case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value()));
      case COMPREHENSION -> {
        visit(expr.comprehension().iterRange());
        visit(expr.comprehension().accuInit());
        visit(expr.comprehension().loopCondition());
        visit(expr.comprehension().loopStep());
        visit(expr.comprehension().result());
      }
      case CONSTANT, IDENT, NOT_SET -> {}
    }
  }

  /** {@code ip.isCanonical(x)} may be a function of that whole name. */
  private void call(CelExpr.CelCall call) {
    names.add(call.function());
    call.target()
        .flatMap(FunctionNames::qualified)
        .ifPresent(q -> names.add(q + "." + call.function()));
    call.target().ifPresent(this::visit);
    call.args().forEach(this::visit);
  }

  private static Optional<String> qualified(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> Optional.of(expr.ident().name());
      case SELECT ->
          qualified(expr.select().operand()).map(outer -> outer + "." + expr.select().field());
      default -> Optional.empty();
    };
  }
}
