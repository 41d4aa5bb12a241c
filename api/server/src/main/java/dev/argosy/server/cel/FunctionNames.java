package dev.argosy.server.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all functions that a parsed expression may mean. */
final class FunctionNames {

  private FunctionNames() {}

  static Set<String> of(CelAbstractSyntaxTree parsed) {
    return CelNavigableAst.fromAst(parsed)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == Kind.CALL)
        .flatMap(node -> names(node.expr().call()))
        .collect(Collectors.toSet());
  }

  /** {@code ip.isCanonical(x)} may be a function of that whole name. */
  private static Stream<String> names(CelExpr.CelCall call) {
    Optional<String> whole =
        call.target().flatMap(FunctionNames::qualified).map(name -> name + "." + call.function());
    return Stream.concat(Stream.of(call.function()), whole.stream());
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
