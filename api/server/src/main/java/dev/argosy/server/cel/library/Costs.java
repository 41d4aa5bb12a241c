package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.Overload.Cost;
import dev.argosy.server.cel.value.Values;
import dev.cel.common.values.CelByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The shapes of cost that functions have, with the factors of cel-go. */
final class Costs {

  private static final double CHARACTER = 0.1;
  private static final double PATTERN_CHARACTER = 0.25;

  private Costs() {}

  /** Reading {@code size} characters. */
  static long reading(long size) {
    return (long) Math.ceil(size * CHARACTER);
  }

  /** Reads that argument once. */
  static Cost readingOf(int argument) {
    return (arguments, result) -> reading(Values.size(arguments[argument]));
  }

  /** Reads all arguments once, as joining them does. */
  static Cost readingAll() {
    return (arguments, result) -> {
      long size = 0;
      for (Object argument : arguments) {
        size += Values.size(argument);
      }
      return reading(size);
    };
  }

  /** Compares the two: as far as the shorter one goes. */
  static Cost comparing() {
    return (arguments, result) ->
        reading(Math.min(Values.size(arguments[0]), Values.size(arguments[1])));
  }

  /** Looks for the second everywhere in the first. */
  static Cost searching() {
    return (arguments, result) ->
        reading(Values.size(arguments[0])) * reading(Values.size(arguments[1]));
  }

  /** Runs the pattern of the second argument over the first. */
  static Cost matching() {
    return (arguments, result) ->
        reading(1 + Values.size(arguments[0]))
            * (long) Math.ceil(Values.size(arguments[1]) * PATTERN_CHARACTER);
  }

  /** One for each item of that argument. */
  static Cost itemsOf(int argument) {
    return (arguments, result) -> Values.size(arguments[argument]);
  }

  /** Going through a value and all that is in it, once. */
  static long traversal(Object value) {
    return switch (value) {
      case String text -> (long) (text.getBytes(StandardCharsets.UTF_8).length * CHARACTER);
      case CelByteString bytes -> (long) (bytes.size() * CHARACTER);
      case List<?> list -> {
        long cost = 0;
        for (Object item : list) {
          cost += Math.max(1, traversal(Objects.requireNonNull(item)));
        }
        yield cost;
      }
      default -> 1;
    };
  }

  static Cost traversing() {
    return (arguments, result) -> traversal(arguments[0]);
  }

  /** Always the same. */
  static Cost fixed(long cost) {
    return (arguments, result) -> cost;
  }
}
