package dev.argosy.server.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
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

  private MadeObjects() {}

  static Map<String, StructType> types(CelAbstractSyntaxTree parsed) {
    Map<String, Set<String>> fields = new HashMap<>();
    CelNavigableAst.fromAst(parsed)
        .getRoot()
        .allNodes()
        .filter(node -> node.getKind() == Kind.STRUCT)
        .forEach(node -> note(node.expr().struct(), fields));
    Map<String, StructType> types = new HashMap<>();
    fields.forEach((name, names) -> types.put(name, type(name, names)));
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

  private static void note(CelExpr.CelStruct struct, Map<String, Set<String>> fields) {
    String name = struct.messageName();
    if (name.equals(OBJECT) || name.startsWith(OBJECT + ".")) {
      Set<String> names = fields.computeIfAbsent(name, key -> new LinkedHashSet<>());
      struct.entries().forEach(entry -> names.add(entry.fieldKey()));
    }
  }
}
