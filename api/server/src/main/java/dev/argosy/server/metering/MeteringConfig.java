package dev.argosy.server.metering;

import dev.argosy.server.metering.price.PriceFile;
import dev.argosy.tenancy.usage.UsageKept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of metering.
 *
 * @param labels by which usage is told apart, {@value #MOST_LABELS} at most ({@code
 *     argosy.metering.labels}; app.kubernetes.io/name)
 * @param interval between two looks at what began and ended ({@code argosy.metering.interval}; 15
 *     s)
 * @param usedInterval after which what a node's pods use is written again ({@code
 *     argosy.metering.used-interval}; 1 min)
 * @param prices a file with price lists ({@code argosy.metering.prices}; none)
 * @param kept how long usage is kept ({@code argosy.metering.keep-intervals}, {@code -hours},
 *     {@code -days})
 */
public record MeteringConfig(
    Set<String> labels,
    Duration interval,
    Duration usedInterval,
    Optional<PriceFile> prices,
    UsageKept kept) {

  static final int MOST_LABELS = 8;

  public MeteringConfig {
    labels = Set.copyOf(labels);
    if (labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          "argosy.metering.labels names at most " + MOST_LABELS + " labels");
    }
    if (interval.compareTo(Duration.ofSeconds(1)) < 0
        || interval.compareTo(Duration.ofMinutes(30)) > 0) {
      throw new IllegalArgumentException(
          "argosy.metering.interval must be from one second to half an hour");
    }
    if (usedInterval.isNegative() || usedInterval.compareTo(Duration.ofMinutes(30)) > 0) {
      throw new IllegalArgumentException(
          "argosy.metering.used-interval must be from nothing to half an hour");
    }
    prices.ifPresent(PriceFile::read);
  }

  /** Reads the documented keys; what is absent has its default. */
  public static MeteringConfig of(Map<String, String> settings) {
    UsageKept kept = UsageKept.DEFAULT;
    return new MeteringConfig(
        labels(settings.getOrDefault("argosy.metering.labels", "app.kubernetes.io/name")),
        time(settings, "argosy.metering.interval", Duration.ofSeconds(15)),
        time(settings, "argosy.metering.used-interval", Duration.ofMinutes(1)),
        Optional.of(settings.getOrDefault("argosy.metering.prices", ""))
            .filter(file -> !file.isBlank())
            .map(file -> new PriceFile(Path.of(file))),
        new UsageKept(
            time(settings, "argosy.metering.keep-intervals", kept.intervals()),
            time(settings, "argosy.metering.keep-hours", kept.hours()),
            time(settings, "argosy.metering.keep-days", kept.days())));
  }

  private static Set<String> labels(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Duration time(Map<String, String> settings, String key, Duration otherwise) {
    String text = settings.getOrDefault(key, "");
    try {
      return text.isEmpty() ? otherwise : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(key + " must be a time such as P62D or PT15S", e);
    }
  }
}
