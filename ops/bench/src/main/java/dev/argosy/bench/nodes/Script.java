package dev.argosy.bench.nodes;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of a pod's containers. Each part can be set for a pod by an annotation {@code
 * simulator.argosy.dev/NAME}; what cannot be read counts as not said.
 *
 * @param startAfter from binding to the start of containers; {@code start-after}
 * @param readyAfter from their start; {@code ready-after}; not at all with {@code never}
 * @param endAfter from their start to their end; empty if they run on; {@code succeed-after},
 *     {@code fail-after}
 * @param exitCode with which they end; {@code exit-code}, 1 for fail-after
 * @param stopAfter from the wish to delete to the end; never more than the grace period; {@code
 *     stop-after}
 * @param missing images that cannot be pulled; {@code missing-images}, with commas
 */
record Script(
    Duration startAfter,
    Optional<Duration> readyAfter,
    Optional<Duration> endAfter,
    int exitCode,
    Duration stopAfter,
    Set<String> missing) {

  static final String PREFIX = "simulator.argosy.dev/";

  /** All at once, and then for ever. */
  static final Script PROMPT =
      new Script(
          Duration.ZERO, Optional.of(Duration.ZERO), Optional.empty(), 0, Duration.ZERO, Set.of());

  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");

  Script {
    missing = Set.copyOf(missing);
  }

  Script withMissing(Set<String> images) {
    return new Script(startAfter, readyAfter, endAfter, exitCode, stopAfter, images);
  }

  /** With what a pod's annotations say. */
  Script with(Map<String, String> annotations) {
    Optional<Duration> failure = length(annotations, "fail-after");
    Optional<Duration> end = failure.or(() -> length(annotations, "succeed-after"));
    return new Script(
        length(annotations, "start-after").orElse(startAfter),
        "never".equals(annotations.get(PREFIX + "ready-after"))
            ? Optional.empty()
            : length(annotations, "ready-after").or(() -> readyAfter),
        end.or(() -> endAfter),
        code(annotations).orElse(failure.isPresent() ? 1 : end.isPresent() ? 0 : exitCode),
        length(annotations, "stop-after").orElse(stopAfter),
        images(annotations));
  }

  private Set<String> images(Map<String, String> annotations) {
    String more = annotations.getOrDefault(PREFIX + "missing-images", "");
    if (more.isBlank()) {
      return missing;
    }
    Set<String> all = new java.util.HashSet<>(missing);
    Arrays.stream(more.split(",")).map(String::strip).forEach(all::add);
    return all;
  }

  private static Optional<Integer> code(Map<String, String> annotations) {
    String text = annotations.getOrDefault(PREFIX + "exit-code", "");
    return text.matches("\\d{1,3}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private static Optional<Duration> length(Map<String, String> annotations, String name) {
    return length(annotations.getOrDefault(PREFIX + name, ""));
  }

  /** A duration such as {@code 500ms}, {@code 20s}, {@code 5m}; a bare number is of seconds. */
  static Optional<Duration> length(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofSeconds(number);
        });
  }

  /** The first of a pod's images that is not there. */
  Optional<String> firstMissing(List<String> images) {
    return images.stream().filter(missing::contains).findFirst();
  }
}
