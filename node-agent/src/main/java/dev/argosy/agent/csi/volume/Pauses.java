package dev.argosy.agent.csi.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rests between tries, from two seconds, each twice the last, to two minutes. Whoever asks
 * meanwhile hears what the last one heard, and the driver is left alone. Any thread.
 */
final class Pauses {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private record Pause(Instant until, Duration length, String why) {}

  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
  private final Clock clock;

  Pauses(Clock clock) {
    this.clock = clock;
  }

  /** Fails as the last time, if that is not long enough ago. */
  void check(String what) throws ConfigFailure {
    Pause pause = pauses.get(what);
    if (pause != null) {
      Duration left = Duration.between(clock.instant(), pause.until());
      boolean setBack = left.compareTo(pause.length()) > 0; // the clock, since then
      if (left.isPositive() && !setBack) {
        throw new ConfigFailure(pause.why());
      }
    }
  }

  void failed(String what, String why) {
    pauses.compute(
        what,
        (_, before) -> {
          Duration twice = before == null ? FIRST : before.length().multipliedBy(2);
          Duration length = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
          return new Pause(clock.instant().plus(length), length, why);
        });
  }

  void over(String what) {
    pauses.remove(what);
  }
}
