package dev.argosy.server.admission;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Lists of amounts, such as {@code requests}, by name of the resource. */
public final class Amounts {

  private Amounts() {}

  /** The amounts of a list; what is no quantity is left out, for validation to name it. */
  public static Map<String, Quantity> of(JsonNode list) {
    Map<String, Quantity> amounts = new TreeMap<>();
    list.properties()
        .forEach(entry -> {
          try {
            amounts.put(entry.getKey(), Quantity.parse(entry.getValue().asString("")));
          } catch (QuantityFormatException e) {
            amounts.remove(entry.getKey());
          }
        });
    return amounts;
  }

  /** Adds amounts to others. */
  public static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
    more.forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
  }

  /** Raises amounts to those of others that are larger. */
  public static void raise(Map<String, Quantity> most, Map<String, Quantity> others) {
    others.forEach(
        (name, amount) -> most.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
  }
}
