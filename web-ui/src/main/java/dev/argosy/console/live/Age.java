package dev.argosy.console.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ages as kubectl prints them: {@code 42s}, {@code 5m}, {@code 3h}, {@code 2d}. */
public final class Age {

  private Age() {}

  /** How long ago; a dash if never. */
  public static String of(@Nullable Instant since, Clock clock) {
    if (since == null) {
      return "–";
    }
    Duration age = Duration.between(since, clock.instant());
    if (age.isNegative()) {
      return "0s";
    }
    if (age.toSeconds() < 120) {
      return age.toSeconds() + "s";
    }
    if (age.toMinutes() < 120) {
      return age.toMinutes() + "m";
    }
    if (age.toHours() < 48) {
      return age.toHours() + "h";
    }
    return age.toDays() + "d";
  }
}
