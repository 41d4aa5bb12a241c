package dev.argosy.server.cel.eval;

import dev.argosy.server.cel.eval.Literals.Entry;
import dev.argosy.server.cel.eval.Literals.Item;
import dev.argosy.server.cel.value.PropertyNames;
import dev.argosy.server.cel.value.TypeName;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.TypeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes nodes of a checked syntax tree. For one tree. */
public final class Planner {

  private static final Map<String, Operator> OPERATORS =
      Arrays.stream(Operator.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Operator::getFunction, Function.identity(), (a, b) -> a));

  private final CelAbstractSyntaxTree tree;
  private final FunctionTable functions;
  private final Deque<Named> scope = new ArrayDeque<>();
  private int slots;

  public Planner(CelAbstractSyntaxTree tree, FunctionTable functions) {
    this.tree = tree;
    this.functions = functions;
  }

  /** A variable of a loop, in scope. */
  private record Named(String name, int slot) {}

  /**
   * @param slots how many variables of loops its frames need
   */
  public record Plan(Node root, int slots) {}

  public Plan plan() {
    Node root = plan(tree.getExpr());
    return new Plan(root, slots);
  }

  private Node plan(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> new Literals.Constant(constant(expr.constant()));
      case IDENT -> identifier(expr.id(), expr.ident().name());
      case SELECT -> select(expr);
      case CALL -> call(expr, expr.call());
      case LIST -> list(expr.list());
      case MAP -> map(expr.map());
      case STRUCT -> struct(expr);
      case COMPREHENSION -> loop(expr.comprehension());
      case NOT_SET -> throw new IllegalArgumentException("an expression without a kind");
    };
  }

  private static Object constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case NULL_VALUE -> constant.nullValue();
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case UINT64_VALUE -> constant.uint64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      case STRING_VALUE -> constant.stringValue();
      case BYTES_VALUE -> constant.bytesValue();
      case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
          throw new IllegalArgumentException("no literal of that kind");
    };
  }

  private Node identifier(long id, String name) {
    for (Named local : scope) {
      if (local.name().equals(name)) {
        return new Access.Local(local.slot());
      }
    }
    Optional<CelReference> reference = tree.getReference(id);
    if (reference.isPresent() && reference.get().value().isPresent()) {
      return new Literals.Constant(constant(reference.get().value().get()));
    }
    String full = reference.map(CelReference::name).orElse(name);
    Optional<CelType> type = tree.getType(id);
    if (type.isPresent() && type.get() instanceof TypeType named) {
      return new Literals.Constant(new TypeName(named.containingTypeName()));
    }
    return new Access.Variable(full);
  }

  private Node select(CelExpr expr) {
    if (tree.getReference(expr.id()).isPresent()) {
      return identifier(expr.id(), expr.select().field());
    }
    Node operand = plan(expr.select().operand());
    String field = expr.select().field();
    return expr.select().testOnly()
        ? new Access.Has(operand, field)
        : new Access.Select(operand, field);
  }

  private Node call(CelExpr expr, CelCall call) {
    List<Node> arguments = new ArrayList<>();
    call.target().ifPresent(target -> arguments.add(plan(target)));
    Optional<Operator> operator = Optional.ofNullable(OPERATORS.get(call.function()));
    if (operator.isPresent() && operator.get() == Operator.OPTIONAL_SELECT) {
      String field = call.args().get(1).constant().stringValue();
      return new Access.OptionalSelect(plan(call.args().get(0)), field);
    }
    call.args().forEach(argument -> arguments.add(plan(argument)));
    if (operator.isPresent()) {
      Optional<Node> special = special(operator.get(), arguments);
      if (special.isPresent()) {
        return special.get();
      }
    }
    if (call.target().isPresent() && arguments.size() == 2) {
      if (call.function().equals("orValue") || call.function().equals("or")) {
        boolean unwrap = call.function().equals("orValue");
        return new Access.OrElse(arguments.get(0), arguments.get(1), unwrap);
      }
    }
    return new CallNode(arguments, overloads(expr, call.function(), arguments.size()));
  }

  /** Those of the checker's overload alone, where it has its own; else those of the name. */
  private List<Overload> overloads(CelExpr expr, String function, int arguments) {
    List<String> ids =
        tree.getReference(expr.id())
            .map(reference -> (List<String>) reference.overloadIds())
            .orElse(List.of());
    if (ids.size() == 1) {
      List<Overload> own = functions.find(ids.get(0), arguments);
      if (!own.isEmpty()) {
        return own;
      }
    }
    return functions.find(function, arguments);
  }

  private static Optional<Node> special(Operator operator, List<Node> arguments) {
    return switch (operator) {
      case LOGICAL_AND -> Optional.of(new Logic.Both(arguments.get(0), arguments.get(1), false));
      case LOGICAL_OR -> Optional.of(new Logic.Both(arguments.get(0), arguments.get(1), true));
      case CONDITIONAL ->
          Optional.of(new Logic.Conditional(arguments.get(0), arguments.get(1), arguments.get(2)));
      case NOT_STRICTLY_FALSE, OLD_NOT_STRICTLY_FALSE ->
          Optional.of(new Logic.NotStrictlyFalse(arguments.get(0)));
      case INDEX -> Optional.of(new Access.Index(arguments.get(0), arguments.get(1)));
      case OPTIONAL_INDEX ->
          Optional.of(new Access.OptionalIndex(arguments.get(0), arguments.get(1)));
      default -> Optional.empty();
    };
  }

  private Node list(CelExpr.CelList list) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < list.elements().size(); i++) {
      items.add(new Item(plan(list.elements().get(i)), list.optionalIndices().contains(i)));
    }
    return new Literals.ListOf(List.copyOf(items));
  }

  private Node map(CelExpr.CelMap map) {
    return new Literals.MapOf(
        map.entries().stream()
            .map(entry -> new Entry(plan(entry.key()), plan(entry.value()), entry.optionalEntry()))
            .toList());
  }

  private Node struct(CelExpr expr) {
    String typeName =
        tree.getReference(expr.id()).map(CelReference::name).orElse(expr.struct().messageName());
    List<Entry> entries = new ArrayList<>();
    for (CelExpr.CelStruct.Entry entry : expr.struct().entries()) {
      Node name = new Literals.Constant(PropertyNames.unescape(entry.fieldKey()));
      entries.add(new Entry(name, plan(entry.value()), entry.optionalEntry()));
    }
    return new Literals.ObjectOf(typeName, List.copyOf(entries));
  }

  private Node loop(CelComprehension loop) {
    Node range = plan(loop.iterRange());
    Node initial = plan(loop.accuInit());
    int accumulator = declare(loop.accuVar());
    int first = declare(loop.iterVar());
    int second = loop.iterVar2().isEmpty() ? -1 : declare(loop.iterVar2());
    Node condition = plan(loop.loopCondition());
    Node step = plan(loop.loopStep());
    if (second >= 0) {
      scope.pop();
    }
    scope.pop();
    Node result = plan(loop.result());
    scope.pop();
    return new Loop(
        new Loop.Slots(first, second, accumulator),
        range,
        initial,
        new Loop.Body(condition, step, result));
  }

  private int declare(String name) {
    scope.push(new Named(name, slots));
    return slots++;
  }
}
