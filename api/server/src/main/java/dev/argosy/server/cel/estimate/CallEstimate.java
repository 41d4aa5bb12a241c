package dev.argosy.server.cel.estimate;

import dev.argosy.server.cel.Shape;
import dev.cel.common.Operator;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Estimates one call, of which the arguments (receiver first) are estimated already. */
final class CallEstimate {

  private static final double CHARACTER = 0.1;
  private static final double PATTERN_CHARACTER = 0.25;
  private static final Amount CHECK = Amount.of(350_000);
  private static final Amount LONGEST_SCALAR = new Amount(1, 40);

  private static final Map<String, Operator> OPERATORS =
      Arrays.stream(Operator.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Operator::getFunction, Function.identity(), (a, b) -> a));

  private static final Set<String> READING =
      Set.of(
          "url",
          "isURL",
          "cidr",
          "isCIDR",
          "ip",
          "isIP",
          "quantity",
          "isQuantity",
          "semver",
          "isSemver",
          "format",
          "base64.encode",
          "base64.decode",
          "strings.quote");

  private final String function;
  private final List<Part> arguments;
  private final List<@Nullable CelType> types;
  private final @Nullable CelType type;

  CallEstimate(
      String function,
      List<Part> arguments,
      List<@Nullable CelType> types,
      @Nullable CelType type) {
    this.function = function;
    this.arguments = arguments;
    this.types = types;
    this.type = type;
  }

  Part part() {
    Operator operator = OPERATORS.get(function);
    return operator == null ? named() : operator(operator);
  }

  private Part operator(Operator operator) {
    return switch (operator) {
      case LOGICAL_AND, LOGICAL_OR ->
          sized(
              new Amount(
                  arguments.get(0).cost().min(),
                  arguments.get(0).cost().plus(arguments.get(1).cost()).max()),
              Amount.ONE);
      case CONDITIONAL -> conditional();
      case ADD -> add();
      case EQUALS, NOT_EQUALS -> sized(comparing(), Amount.ONE);
      case LESS, LESS_EQUALS, GREATER, GREATER_EQUALS ->
          sized(texts() ? comparing() : Amount.ONE.plus(costs()), Amount.ONE);
      case IN -> sized(in().plus(costs()), Amount.ONE);
      case INDEX, OPTIONAL_INDEX -> index();
      default -> other();
    };
  }

  private boolean texts() {
    CelType first = types.get(0);
    return first != null && (first.kind() == CelKind.STRING || first.kind() == CelKind.BYTES);
  }

  private Part conditional() {
    Part then = arguments.get(1);
    Part otherwise = arguments.get(2);
    Amount cost = arguments.get(0).cost().plus(then.cost().or(otherwise.cost()));
    Amount entry =
        then.entry() == null || otherwise.entry() == null
            ? null
            : then.entry().or(otherwise.entry());
    return new Part(cost, then.size().or(otherwise.size()), null, entry);
  }

  private Part add() {
    CelKind kind = type == null ? CelKind.DYN : type.kind();
    Amount size = arguments.get(0).size().plus(arguments.get(1).size());
    return switch (kind) {
      case STRING, BYTES -> sized(size.times(CHARACTER).plus(costs()), size);
      case LIST -> {
        Amount a = entry(0);
        Amount b = entry(1);
        Amount entry = a == null || b == null ? null : a.or(b);
        yield new Part(Amount.ONE.plus(costs()), size, null, entry);
      }
      default -> other();
    };
  }

  /** The size of an argument's items, from its shape if it was not computed. */
  private @Nullable Amount entry(int index) {
    Part part = arguments.get(index);
    Shape value = part.value();
    return part.entry() == null && value != null
        ? Part.of(Amount.NONE, value, null).size()
        : part.entry();
  }

  private Amount comparing() {
    long shorter = Math.min(size(0).max(), size(1).max());
    return new Amount(shorter > 0 ? 1 : 0, shorter).times(CHARACTER).plus(costs());
  }

  private Amount in() {
    CelType container = types.get(1);
    return container != null && container.kind() == CelKind.LIST ? size(1) : Amount.ONE;
  }

  private Part index() {
    Part from = arguments.get(0);
    Amount cost = Amount.ONE.plus(costs());
    Shape shape = from.value();
    return shape == null && from.entry() != null
        ? sized(cost, from.entry())
        : Part.of(cost, shape, type);
  }

  private Part named() {
    if (READING.contains(function)) {
      return sized(size(0).times(CHARACTER).plus(costs()), result());
    }
    return switch (function) {
      case "check" -> sized(CHECK.plus(costs()), result());
      case "dyn" -> arguments.get(0).withCost(Amount.ONE.plus(costs()));
      case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversing();
      case "lowerAscii", "upperAscii", "substring", "trim", "reverse" ->
          sized(size(0).times(CHARACTER).plus(costs()), size(0));
      case "startsWith", "endsWith" -> sized(size(1).times(CHARACTER).plus(costs()), Amount.ONE);
      case "contains" ->
          sized(size(0).times(CHARACTER).times(size(1).times(CHARACTER)).plus(costs()), Amount.ONE);
      case "matches", "find", "findAll" -> matching();
      case "replace" -> replace();
      case "split" ->
          sized(size(0).times(2 * CHARACTER).plus(costs()), new Amount(0, size(0).max()));
      case "join" -> join();
      case "string" -> texts() || bytes() ? converted(1) : written();
      case "bytes" -> converted(4);
      case "validate" ->
          sized(
              size(1).plus(Amount.ONE).times(CHARACTER).times(Amount.of(250)).plus(costs()),
              result());
      case "sets.contains", "sets.intersects", "sets.equivalent" ->
          sized(size(0).times(size(1)).plus(costs()), Amount.ONE);
      case "ip.isCanonical" -> sized(size(0).times(2 * CHARACTER).plus(costs()), Amount.ONE);
      default -> other();
    };
  }

  private boolean bytes() {
    CelType first = types.get(0);
    return first != null && first.kind() == CelKind.BYTES;
  }

  /** A number, a truth or a time as text. */
  private Part written() {
    CelType first = types.get(0);
    boolean known = first != null && !first.kind().isDyn();
    return known ? sized(Amount.ONE.plus(costs()), LONGEST_SCALAR) : other();
  }

  private Part converted(long growth) {
    Amount size = size(0);
    return sized(size.times(CHARACTER).plus(costs()), size.times(new Amount(1, growth)));
  }

  private Part traversing() {
    if (!arguments.get(0).isList(types.get(0))) {
      return sized(size(0).times(CHARACTER).plus(costs()), Amount.ONE);
    }
    Amount each = Amount.ONE;
    Amount entry = entry(0);
    CelType list = types.get(0);
    CelType item = list == null || list.parameters().isEmpty() ? null : list.parameters().get(0);
    if (item != null && (item.kind() == CelKind.STRING || item.kind() == CelKind.BYTES)) {
      each = each.plus((entry == null ? Amount.ANY : entry).times(CHARACTER));
    }
    return sized(size(0).times(each).plus(costs()), result());
  }

  private Part matching() {
    Amount text = size(0).plus(Amount.ONE).times(CHARACTER);
    Amount pattern = size(1).times(PATTERN_CHARACTER);
    Amount size = function.equals("matches") ? Amount.ONE : new Amount(0, size(0).max());
    return sized(text.times(pattern).plus(costs()), size);
  }

  /** The result is longest if the shortest text is replaced by the longest, everywhere. */
  private Part replace() {
    Amount text = size(0);
    Amount old = size(1);
    Amount fresh = size(2);
    long times =
        old.min() == 0
            ? Amount.of(text.max()).plus(Amount.ONE).max()
            : Math.ceilDiv(text.max(), old.min());
    long longest =
        fresh.max() <= old.min() && old.min() > 0
            ? text.max()
            : Amount.of(times).times(Amount.of(fresh.max())).plus(Amount.of(text.max())).max();
    return sized(text.times(2 * CHARACTER).plus(costs()), new Amount(0, longest));
  }

  private Part join() {
    Amount entry = entry(0);
    Amount size = size(0).times(entry == null ? Amount.ANY : entry);
    if (arguments.size() > 1) {
      size = size.plus(size(1).times(size(0)));
    }
    return sized(size.times(CHARACTER).plus(costs()), size);
  }

  private Part other() {
    return sized(Amount.ONE.plus(costs()), result());
  }

  private Amount result() {
    return type == null ? Amount.ANY : Part.ofType(type);
  }

  private Amount size(int index) {
    return index < arguments.size() ? arguments.get(index).size() : Amount.ANY;
  }

  private Amount costs() {
    Amount sum = Amount.NONE;
    for (Part argument : arguments) {
      sum = sum.plus(argument.cost());
    }
    return sum;
  }

  private static Part sized(Amount cost, Amount size) {
    return Part.computed(cost, size);
  }
}
