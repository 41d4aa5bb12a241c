package dev.argosy.server.cel.estimate;

import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.value.PropertyNames;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates one checked expression. For one use. */
public final class CostEstimate {

  /** More than any limit. */
  public static final long UNBOUNDED = Amount.UNKNOWN;

  private static final Amount LIST = Amount.of(10);
  private static final Amount MAP = Amount.of(30);
  private static final Amount OBJECT = Amount.of(40);

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Shape> variables;
  private final Deque<Local> locals = new ArrayDeque<>();

  private CostEstimate(CelAbstractSyntaxTree tree, Map<String, Shape> variables) {
    this.tree = tree;
    this.variables = variables;
  }

  private record Local(String name, Part part) {}

  /** The most that it can cost; {@link #UNBOUNDED} if nothing bounds it. */
  public static long highest(CelAbstractSyntaxTree tree, Map<String, Shape> variables) {
    return new CostEstimate(tree, variables).part(tree.getExpr()).cost().max();
  }

  private @Nullable CelType type(CelExpr expr) {
    return tree.getType(expr.id()).orElse(null);
  }

  private Part part(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> Part.computed(Amount.NONE, constant(expr.constant()));
      case IDENT -> identifier(expr, expr.ident().name());
      case SELECT -> select(expr);
      case CALL -> call(expr);
      case LIST -> list(expr);
      case MAP -> map(expr);
      case STRUCT -> struct(expr);
      case COMPREHENSION -> loop(expr.comprehension());
      case NOT_SET -> Part.computed(Amount.NONE, Amount.ANY);
    };
  }

  private static Amount constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> {
        String text = constant.stringValue();
        yield Amount.of(text.codePointCount(0, text.length()));
      }
      case BYTES_VALUE -> Amount.of(constant.bytesValue().size());
      default -> Amount.ONE;
    };
  }

  private Part identifier(CelExpr expr, String name) {
    for (Local local : locals) {
      if (local.name().equals(name)) {
        return local.part().withCost(Amount.ONE);
      }
    }
    return Part.of(Amount.ONE, variables.get(name), type(expr));
  }

  private Part select(CelExpr expr) {
    if (tree.getReference(expr.id()).isPresent()) {
      return identifier(expr, tree.getReference(expr.id()).get().name());
    }
    Part operand = part(expr.select().operand());
    if (expr.select().testOnly()) {
      return Part.computed(operand.cost(), Amount.ONE);
    }
    Shape field = operand.field(PropertyNames.unescape(expr.select().field()));
    CelType of = type(expr.select().operand());
    boolean counts =
        of != null
            && (of.kind() == CelKind.MAP
                || of.kind() == CelKind.STRUCT
                || of.kind() == CelKind.TYPE_PARAM);
    Amount cost = counts ? operand.cost().plus(Amount.ONE) : operand.cost();
    return Part.of(cost, field, type(expr));
  }

  private Part list(CelExpr expr) {
    Amount cost = LIST;
    Amount entry = null;
    for (CelExpr element : expr.list().elements()) {
      Part part = part(element);
      cost = cost.plus(part.cost());
      entry = entry == null ? part.size() : entry.or(part.size());
    }
    Amount items = entry == null ? Amount.NONE : entry;
    return new Part(cost, Amount.of(expr.list().elements().size()), null, items);
  }

  private Part map(CelExpr expr) {
    Amount cost = MAP;
    Amount entry = Amount.NONE;
    for (CelExpr.CelMap.Entry each : expr.map().entries()) {
      Part value = part(each.value());
      cost = cost.plus(part(each.key()).cost()).plus(value.cost());
      entry = entry.or(value.size());
    }
    return new Part(cost, Amount.of(expr.map().entries().size()), null, entry);
  }

  private Part struct(CelExpr expr) {
    Amount cost = OBJECT;
    for (CelExpr.CelStruct.Entry entry : expr.struct().entries()) {
      cost = cost.plus(part(entry.value()).cost());
    }
    return Part.computed(cost, Amount.of(expr.struct().entries().size()));
  }

  private Part call(CelExpr expr) {
    List<Part> arguments = new ArrayList<>();
    List<@Nullable CelType> types = new ArrayList<>();
    expr.call()
        .target()
        .ifPresent(target -> {
          arguments.add(part(target));
          types.add(type(target));
        });
    for (CelExpr argument : expr.call().args()) {
      arguments.add(part(argument));
      types.add(type(argument));
    }
    return new CallEstimate(expr.call().function(), arguments, types, type(expr)).part();
  }

  private Part loop(CelComprehension loop) {
    Part range = part(loop.iterRange());
    Part initial = part(loop.accuInit());
    locals.push(new Local(loop.accuVar(), initial.withCost(Amount.ONE)));
    pushVariables(loop, range);
    Amount condition = part(loop.loopCondition()).cost();
    Part step = part(loop.loopStep());
    locals.pop();
    if (!loop.iterVar2().isEmpty()) {
      locals.pop();
    }
    Part result = part(loop.result());
    locals.pop();
    Amount turns = range.size().times(condition.plus(step.cost()));
    Amount cost = range.cost().plus(initial.cost()).plus(turns).plus(result.cost());
    boolean collects =
        loop.accuInit().getKind() == CelExpr.ExprKind.Kind.LIST
            || loop.accuInit().getKind() == CelExpr.ExprKind.Kind.MAP;
    return collects
        ? new Part(cost, range.size(), null, step.entry())
        : Part.computed(cost, Amount.ONE);
  }

  private void pushVariables(CelComprehension loop, Part range) {
    boolean list = range.isList(type(loop.iterRange()));
    if (loop.iterVar2().isEmpty()) {
      locals.push(new Local(loop.iterVar(), item(range, range.each(), list)));
      return;
    }
    Part key = list ? Part.computed(Amount.ONE, Amount.ONE) : item(range, range.each(), false);
    locals.push(new Local(loop.iterVar(), key));
    locals.push(new Local(loop.iterVar2(), item(range, range.value(), true)));
  }

  private static Part item(Part range, @Nullable Shape shape, boolean entry) {
    Amount known = range.entry();
    return shape == null && entry && known != null
        ? Part.computed(Amount.ONE, known)
        : Part.of(Amount.ONE, shape, null);
  }
}
