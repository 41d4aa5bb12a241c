package dev.argosy.server.cel.eval;

import dev.argosy.server.cel.eval.Overload.Body;
import dev.argosy.server.cel.eval.Overload.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The functions that programs can call, by name and number of arguments (receiver included). */
public final class FunctionTable {

  private final Map<Signature, List<Overload>> overloads;

  private FunctionTable(Map<Signature, List<Overload>> overloads) {
    this.overloads = overloads;
  }

  private record Signature(String name, int arguments) {}

  List<Overload> find(String name, int arguments) {
    return overloads.getOrDefault(new Signature(name, arguments), List.of());
  }

  /**
   * Calls a function, free of cost.
   *
   * @throws EvalError if none takes these arguments, or it fails
   */
  public Object call(String name, Object... arguments) {
    for (Overload overload : find(name, arguments.length)) {
      if (overload.takes(arguments)) {
        return overload.body().call(arguments);
      }
    }
    throw EvalError.noSuchOverload();
  }

  /** A body of three arguments. */
  @FunctionalInterface
  public interface Ternary<A, B, C> {
    Object apply(A first, B second, C third);
  }

  /** Collects functions. A cost given by {@link #costs} is that of the ones added after it. */
  public static final class Builder {

    private static final Cost ONE = (arguments, result) -> 1;

    private final Map<Signature, List<Overload>> overloads = new HashMap<>();
    private Cost cost = ONE;

    /** What the following functions cost. */
    public Builder costs(Cost following) {
      this.cost = following;
      return this;
    }

    /** The following functions cost 1. */
    public Builder costsOne() {
      return costs(ONE);
    }

    public Builder add(String name, List<Class<?>> parameters, Body body) {
      overloads
          .computeIfAbsent(new Signature(name, parameters.size()), key -> new ArrayList<>())
          .add(new Overload(parameters, body, cost));
      return this;
    }

    public Builder add(String name, Supplier<Object> body) {
      return add(name, List.of(), arguments -> body.get());
    }

    public <A> Builder add(String name, Class<A> first, Function<A, Object> body) {
      return add(name, List.of(first), arguments -> body.apply(first.cast(arguments[0])));
    }

    public <A, B> Builder add(
        String name, Class<A> first, Class<B> second, BiFunction<A, B, Object> body) {
      return add(
          name,
          List.of(first, second),
          arguments -> body.apply(first.cast(arguments[0]), second.cast(arguments[1])));
    }

    public <A, B, C> Builder add(
        String name, Class<A> first, Class<B> second, Class<C> third, Ternary<A, B, C> body) {
      return add(
          name,
          List.of(first, second, third),
          arguments ->
              body.apply(
                  first.cast(arguments[0]), second.cast(arguments[1]), third.cast(arguments[2])));
    }

    public FunctionTable build() {
      Map<Signature, List<Overload>> copy = new HashMap<>();
      overloads.forEach((signature, list) -> copy.put(signature, List.copyOf(list)));
      return new FunctionTable(Map.copyOf(copy));
    }
  }
}
