package dev.argosy.server.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of the objects that an expression makes. */
final class MadeObjects {

  private static final String OBJECT = "Object";
  private static final String PATCH = "JSONPatch";

  private final Map<String, Set<String>> fields = new HashMap<>();

  private MadeObjects() {}

  static Map<String, StructType> types(CelExpr expression) {
    MadeObjects made = new MadeObjects();
    made.visit(expression);
    Map<String, StructType> types = new HashMap<>();
    made.fields.forEach((name, names) -> types.put(name, type(name, names)));
    types.put(PATCH, type(PATCH, Set.of("op", "path", "from", "value")));
    return types;
  }

  private static StructType type(String name, Set<String> fields) {
    boolean patch = name.equals(PATCH);
    return StructType.create(
        name,
        ImmutableSet.copyOf(fields),
        field ->
            Optional.<CelType>of(
                patch && !field.equals("value") ? SimpleType.STRING : SimpleType.DYN));
  }

  private void visit(CelExpr expr) {
    switch (expr.getKind()) {
      case SELECT -> visit(expr.select().operand());
      case CALL -> {
        expr.call().target().ifPresent(this::visit);
        expr.call().args().forEach(this::visit);
      }
      case LIST -> expr.list().elements().forEach(this::visit);
      case MAP ->
          expr.map()
              .entries()
              .forEach(entry -> {
                visit(entry.key());
                visit(entry.value());
              });
      case STRUCT -> struct(expr.struct());
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

  private void struct(CelExpr.CelStruct struct) {
    String name = struct.messageName();
    if (name.equals(OBJECT) || name.startsWith(OBJECT + ".")) {
      Set<String> names = fields.computeIfAbsent(name, key -> new LinkedHashSet<>());
      struct.entries().forEach(entry -> names.add(entry.fieldKey()));
    }
    struct.entries().forEach(entry -> visit(entry.value()));
  }
}
