package dev.argosy.scheduler.pod;

import dev.argosy.model.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Amounts of what a node can give away.
 *
 * @param milliCpu thousandths of a core
 * @param memory bytes
 * @param storage bytes of ephemeral storage
 * @param other extended resources and huge pages by name; no zeros
 */
public record Resources(long milliCpu, long memory, long storage, Map<String, Long> other) {

  public static final Resources NONE = new Resources(0, 0, 0, Map.of());

  public Resources {
    other = Map.copyOf(other);
  }

  /** Reads a resource list; {@code pods} is left out, it is counted by itself. */
  public static Resources of(JsonNode list) {
    long[] known = new long[3];
    Map<String, Long> other = new HashMap<>();
    list.forEachEntry((name, value) -> {
      Quantity amount = Quantity.parse(value.asString("0"));
      switch (name) {
        case "cpu" -> known[0] = amount.milliValue();
        case "memory" -> known[1] = amount.value();
        case "ephemeral-storage" -> known[2] = amount.value();
        case "pods" -> {}
        default -> other.put(name, amount.value());
      }
    });
    other.values().removeIf(v -> v == 0);
    return new Resources(known[0], known[1], known[2], other);
  }

  /** Without these extended resources. */
  public Resources without(Set<String> names) {
    Map<String, Long> left = new HashMap<>(other);
    left.keySet().removeAll(names);
    return new Resources(milliCpu, memory, storage, left);
  }

  public Resources plus(Resources b) {
    return combine(b, Long::sum);
  }

  public Resources minus(Resources b) {
    return combine(b, (x, y) -> x - y);
  }

  /** The greater of each amount. */
  public Resources max(Resources b) {
    return combine(b, Math::max);
  }

  /** Whether no amount of the other is greater. */
  public boolean covers(Resources b) {
    return milliCpu >= b.milliCpu
        && memory >= b.memory
        && storage >= b.storage
        && b.other.entrySet().stream()
            .allMatch(e -> other.getOrDefault(e.getKey(), 0L) >= e.getValue());
  }

  private Resources combine(Resources b, LongBinaryOperator operator) {
    Map<String, Long> merged = other;
    if (!b.other.isEmpty()) {
      merged = new HashMap<>(other);
      for (Map.Entry<String, Long> entry : b.other.entrySet()) {
        long mine = merged.getOrDefault(entry.getKey(), 0L);
        merged.put(entry.getKey(), operator.applyAsLong(mine, entry.getValue()));
      }
      merged.values().removeIf(v -> v == 0);
    }
    return new Resources(
        operator.applyAsLong(milliCpu, b.milliCpu),
        operator.applyAsLong(memory, b.memory),
        operator.applyAsLong(storage, b.storage),
        merged);
  }
}
