package dev.argosy.agent.pressure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When pods must go.
 *
 * @param transition how long the node goes on saying that it is short after it no longer is
 * @param longestGrace what a pod has at most when a soft threshold ends it
 */
public record EvictionSettings(
    List<Threshold> thresholds, Duration transition, Duration longestGrace) {

  /** Kubernetes' defaults. */
  public static final String HARD =
      "memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,"
          + "imagefs.available<15%,imagefs.inodesFree<5%";

  public static final EvictionSettings DEFAULT =
      new Texts(HARD, "", "", "").settings(Duration.ofMinutes(5), Duration.ZERO);

  public EvictionSettings {
    thresholds = List.copyOf(thresholds);
  }

  /** How much of a signal is never given to pods: its hard threshold. */
  public long kept(Signal signal, long capacity) {
    return thresholds.stream()
        .filter(t -> t.hard() && t.signal() == signal)
        .mapToLong(t -> t.least(new Level(0, capacity)))
        .sum();
  }

  /**
   * The thresholds as they are written, in the form of kubelet's options.
   *
   * @param hard {@code memory.available<100Mi,nodefs.available<10%}
   * @param soft likewise; each needs a grace
   * @param softGrace {@code memory.available=1m30s}
   * @param reclaim {@code memory.available=200Mi}
   */
  public record Texts(String hard, String soft, String softGrace, String reclaim) {

    /**
     * @throws IllegalArgumentException naming the option that is wrong, and what would be right
     */
    public EvictionSettings settings(Duration transition, Duration longestGrace) {
      Map<Signal, Amount> reclaims = new EnumMap<>(Signal.class);
      pairs("--eviction-minimum-reclaim", reclaim, "=")
          .forEach((signal, text) -> reclaims.put(signal, amount(text)));
      Map<Signal, Duration> graces = new EnumMap<>(Signal.class);
      pairs("--eviction-soft-grace-period", softGrace, "=")
          .forEach((signal, text) -> graces.put(signal, GoDuration.parse(text)));
      List<Threshold> thresholds = new ArrayList<>();
      pairs("--eviction-hard", hard, "<")
          .forEach(
              (signal, text) -> thresholds.add(threshold(signal, text, Duration.ZERO, reclaims)));
      pairs("--eviction-soft", soft, "<")
          .forEach((signal, text) -> {
            Duration grace = graces.get(signal);
            if (grace == null || grace.isZero()) {
              throw new IllegalArgumentException(
                  "--eviction-soft: "
                      + signal
                      + " needs a grace, such as --eviction-soft-grace-period "
                      + signal
                      + "=1m30s");
            }
            thresholds.add(threshold(signal, text, grace, reclaims));
          });
      return new EvictionSettings(thresholds, transition, longestGrace);
    }

    private static Threshold threshold(
        Signal signal, String text, Duration grace, Map<Signal, Amount> reclaims) {
      return new Threshold(
          signal, amount(text), grace, reclaims.getOrDefault(signal, Amount.NOTHING));
    }

    private static Amount amount(String text) {
      return Amount.parse(text);
    }

    private static Map<Signal, String> pairs(String option, String text, String sign) {
      Map<Signal, String> pairs = new EnumMap<>(Signal.class);
      for (String one : text.split(",")) {
        if (one.isBlank()) {
          continue;
        }
        String[] parts = one.strip().split(sign, 2);
        Signal signal =
            Signal.of(parts[0].strip())
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        option
                            + ": \""
                            + parts[0]
                            + "\" is not watched; there are "
                            + List.of(Signal.values())));
        if (parts.length < 2 || parts[1].isBlank()) {
          throw new IllegalArgumentException(
              option + ": \"" + one + "\" should be " + signal + sign + "VALUE");
        }
        if (pairs.put(signal, parts[1].strip()) != null) {
          throw new IllegalArgumentException(option + ": " + signal + " is there twice");
        }
      }
      return pairs;
    }
  }
}
