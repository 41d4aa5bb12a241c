package dev.argosy.agent.join;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clocks that differ, told so that somebody knows which one to set. */
final class ClockSkew {

  /** Certificates and tokens are made for clocks that differ by less. */
  private static final Duration MUCH = Duration.ofMinutes(2);

  private static final List<String> OUT_OF_TIME =
      List.of("NotBefore", "NotAfter", "not yet valid", "expired", "validity check failed");

  private ClockSkew() {}

  /** What there is to say of this difference; empty if it is small. */
  static Optional<String> between(Instant server, Instant here) {
    Duration ahead = Duration.between(server, here);
    return ahead.abs().compareTo(MUCH) < 0
        ? Optional.empty()
        : Optional.of(
            "this machine's clock is "
                + ahead.abs().toSeconds()
                + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " the server's: set it, by NTP best; certificates and tokens are refused otherwise");
  }

  /** The same failure; if it is about a time, it says what time it is here. */
  static JoinFailure mayBeBehind(JoinFailure failure, Instant here) {
    String message = String.valueOf(failure.getMessage());
    return OUT_OF_TIME.stream().noneMatch(message::contains)
        ? failure
        : new JoinFailure(
            message + "; this machine's clock says " + here + ": if that is wrong, set it");
  }
}
