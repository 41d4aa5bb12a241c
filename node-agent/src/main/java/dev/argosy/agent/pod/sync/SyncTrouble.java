package dev.argosy.agent.pod.sync;

import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * What to say of rounds that failed, and how long to rest after one: each trouble is told once,
 * however often it comes in a row, and rests grow up to a minute. Only a pod's worker enters.
 */
final class SyncTrouble {

  static final Duration FIRST = Duration.ofSeconds(3);
  static final Duration LONGEST = Duration.ofMinutes(1);

  private String last = "";
  private Duration rest = Duration.ZERO;

  /** How long the worker rests now. */
  Duration rest() {
    return rest;
  }

  /**
   * A round failed.
   *
   * @return what is news of it; empty if it was told before
   */
  Optional<String> failed(RuntimeFailure failure) {
    String now = String.valueOf(failure.getMessage());
    boolean news = !now.equals(last);
    boolean away = failure.kind() == Kind.UNAVAILABLE;
    last = now;
    rest = news || away ? FIRST : least(rest.multipliedBy(2));
    return news ? Optional.of(now) : Optional.empty();
  }

  private static Duration least(Duration doubled) {
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  /** A round went well. */
  void over() {
    last = "";
    rest = Duration.ZERO;
  }
}
