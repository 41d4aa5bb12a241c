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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes nodes of a checked syntax tree. For one tree. */
public final class Planner {

  private static final Map<String, Operator> OPERATORS =
      Arrays.stream(Operator.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Operator::getFunction, Function.identity(), (a, b) -> a));

  private static final Set<String> CONVERSIONS =
      Set.of(
          "bool",
          "bytes",
          "double",
          "duration",
          "dyn",
          "int",
          "string",
          "timestamp",
          "type",
          "uint");
  private static final Set<String> CHECKED_LITERALS = Set.of("duration", "timestamp", "matches");
  private static final Set<String> PICKING =
      Set.of(
          Operator.INDEX.getFunction(),
          Operator.OPTIONAL_INDEX.getFunction(),
          Operator.OPTIONAL_SELECT.getFunction());

  private final CelAbstractSyntaxTree tree;
  private final FunctionTable functions;
  private final Deque<Named> scope = new ArrayDeque<>();
  private int slots;
  private boolean uncharged;

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

  /**
   * @throws PlanException if a literal can never be right
   */
  public Plan plan() throws PlanException {
    Node root = plan(tree.getExpr());
    return new Plan(root, slots);
  }

  private Node plan(CelExpr expr) throws PlanException {
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
        return new Access.Local(local.slot(), step());
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
    return new Access.Variable(full, step());
  }

  private Node select(CelExpr expr) throws PlanException {
    if (tree.getReference(expr.id()).isPresent()) {
      return identifier(expr.id(), expr.select().field());
    }
    Node operand = plan(expr.select().operand());
    String field = expr.select().field();
    return expr.select().testOnly()
        ? new Access.Has(operand, field)
        : new Access.Select(operand, field, step(expr.select().operand()));
  }

  private Node call(CelExpr expr, CelCall call) throws PlanException {
    Operator operator = OPERATORS.get(call.function());
    List<CelExpr> parts = new ArrayList<>();
    call.target().ifPresent(parts::add);
    parts.addAll(call.args());
    if (operator != null) {
      Optional<Node> special = special(operator, parts);
      if (special.isPresent()) {
        return special.get();
      }
    }
    List<Node> arguments = new ArrayList<>();
    for (CelExpr part : parts) {
      arguments.add(plan(part));
    }
    if (call.target().isPresent() && arguments.size() == 2) {
      if (call.function().equals("orValue") || call.function().equals("or")) {
        boolean unwrap = call.function().equals("orValue");
        return new Access.OrElse(arguments.get(0), arguments.get(1), unwrap);
      }
    }
    return called(expr, call.function(), arguments);
  }

  /** What is known before is done before: conversions of literals, regular expressions. */
  private Node called(CelExpr expr, String function, List<Node> arguments) throws PlanException {
    @Nullable Object[] known = new @Nullable Object[arguments.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = arguments.get(i) instanceof Literals.Constant(Object value) ? value : null;
    }
    try {
      List<Overload> overloads = new ArrayList<>();
      for (Overload overload : overloads(expr, function, known.length)) {
        overloads.add(overload.prepared(known));
      }
      CallNode call = new CallNode(arguments, overloads);
      return CONVERSIONS.contains(function) && known.length == 1 && known[0] != null
          ? new Literals.Constant(call.call(new Object[] {known[0]}))
          : call;
    } catch (EvalError e) {
      if (CHECKED_LITERALS.contains(function)) {
        throw new PlanException("invalid " + function + " argument", expr.id());
      }
      return new CallNode(arguments, overloads(expr, function, known.length));
    }
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

  private Optional<Node> special(Operator operator, List<CelExpr> parts) throws PlanException {
    return switch (operator) {
      case LOGICAL_AND ->
          Optional.of(new Logic.Both(plan(parts.get(0)), plan(parts.get(1)), false));
      case LOGICAL_OR -> Optional.of(new Logic.Both(plan(parts.get(0)), plan(parts.get(1)), true));
      case CONDITIONAL ->
          Optional.of(
              new Logic.Conditional(plan(parts.get(0)), free(parts.get(1)), free(parts.get(2))));
      case NOT_STRICTLY_FALSE, OLD_NOT_STRICTLY_FALSE ->
          Optional.of(new Logic.NotStrictlyFalse(plan(parts.get(0))));
      case INDEX ->
          Optional.of(new Access.Index(plan(parts.get(0)), free(parts.get(1)), step(parts.get(0))));
      case OPTIONAL_INDEX ->
          Optional.of(
              new Access.OptionalIndex(plan(parts.get(0)), free(parts.get(1)), step(parts.get(0))));
      case OPTIONAL_SELECT ->
          Optional.of(
              new Access.OptionalSelect(
                  plan(parts.get(0)), parts.get(1).constant().stringValue(), step(parts.get(0))));
      case IN -> member(plan(parts.get(0)), plan(parts.get(1)));
      default -> Optional.empty();
    };
  }

  /** Membership in a list of literals is looked up, and costs nothing. */
  private static Optional<Node> member(Node item, Node list) {
    return list instanceof Literals.Constant(List<?> values)
            && values.stream().allMatch(value -> value instanceof String)
        ? Optional.of(new Literals.Member(item, Set.copyOf(values)))
        : Optional.empty();
  }

  /** As cel-go has it, what only picks a field or item costs nothing as a branch or an index. */
  private Node free(CelExpr expr) throws PlanException {
    if (!picks(expr)) {
      return plan(expr);
    }
    boolean before = uncharged;
    uncharged = true;
    Node node = plan(expr);
    uncharged = before;
    return node;
  }

  private static boolean picks(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> true;
      case SELECT -> !expr.select().testOnly() && picks(expr.select().operand());
      case CALL ->
          PICKING.contains(expr.call().function())
              && picks(expr.call().args().get(0))
              && (expr.call().args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                  || picks(expr.call().args().get(1)));
      default -> false;
    };
  }

  private long step() {
    return uncharged ? 0 : 1;
  }

  /** The first step from a value that was computed costs 1 more. */
  private long step(CelExpr from) {
    return picks(from) ? step() : step() + 1;
  }

  private Node list(CelExpr.CelList list) throws PlanException {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < list.elements().size(); i++) {
      items.add(new Item(plan(list.elements().get(i)), list.optionalIndices().contains(i)));
    }
    return Literals.list(items);
  }

  private Node map(CelExpr.CelMap map) throws PlanException {
    List<Entry> entries = new ArrayList<>();
    for (CelExpr.CelMap.Entry entry : map.entries()) {
      entries.add(new Entry(plan(entry.key()), plan(entry.value()), entry.optionalEntry()));
    }
    return Literals.map(entries);
  }

  private Node struct(CelExpr expr) throws PlanException {
    String typeName =
        tree.getReference(expr.id()).map(CelReference::name).orElse(expr.struct().messageName());
    List<Entry> entries = new ArrayList<>();
    for (CelExpr.CelStruct.Entry entry : expr.struct().entries()) {
      Node name = new Literals.Constant(PropertyNames.unescape(entry.fieldKey()));
      entries.add(new Entry(name, plan(entry.value()), entry.optionalEntry()));
    }
    return new Literals.ObjectOf(typeName, List.copyOf(entries));
  }

  private Node loop(CelComprehension loop) throws PlanException {
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
