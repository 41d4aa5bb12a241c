package dev.argosy.agent.resource;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;

/** What of the machine is not for pods. */
public record Reserved(long cpuThousandths, long memoryBytes, long diskBytes) {

  static final Reserved NOTHING = new Reserved(0, 0, 0);

  /** For the agent and the engine: with what is never given away, 256 MiB. */
  static final String DEFAULT = "memory=156Mi";

  /**
   * Reads {@code cpu=100m,memory=200Mi,ephemeral-storage=1Gi}.
   *
   * @throws IllegalArgumentException naming the option, and what is wrong with it
   */
  static Reserved parse(String option, String text) {
    Reserved sum = NOTHING;
    Set<String> names = new HashSet<>();
    for (String one : text.split(",")) {
      if (one.isBlank()) {
        continue;
      }
      String[] parts = one.strip().split("=", 2);
      String name = parts[0].strip();
      if (parts.length < 2 || !names.add(name)) {
        throw new IllegalArgumentException(
            option + ": \"" + one + "\" should be NAME=AMOUNT, each name once");
      }
      BigDecimal amount = amount(option, parts[1].strip());
      sum =
          sum.plus(
              switch (name) {
                case "cpu" -> new Reserved(whole(amount.movePointRight(3)), 0, 0);
                case "memory" -> new Reserved(0, whole(amount), 0);
                case "ephemeral-storage" -> new Reserved(0, 0, whole(amount));
                default ->
                    throw new IllegalArgumentException(
                        option
                            + ": \""
                            + name
                            + "\" cannot be reserved; cpu, memory and ephemeral-storage can");
              });
    }
    return sum;
  }

  private static BigDecimal amount(String option, String text) {
    try {
      BigDecimal amount = Quantity.parse(text).amount();
      if (amount.signum() < 0) {
        throw new IllegalArgumentException(option + ": " + text + " is less than nothing");
      }
      return amount;
    } catch (QuantityFormatException e) {
      throw new IllegalArgumentException(
          option + ": \"" + text + "\" is no quantity such as 100m or 200Mi", e);
    }
  }

  private static long whole(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  Reserved plus(Reserved other) {
    return new Reserved(
        cpuThousandths + other.cpuThousandths,
        memoryBytes + other.memoryBytes,
        diskBytes + other.diskBytes);
  }
}
