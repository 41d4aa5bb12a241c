package dev.argosy.agent.shutdown;

import dev.argosy.agent.pod.view.PodView;
import java.time.Duration;
import java.time.Instant;

/**
 * How much time pods get when the machine goes down: ordinary ones first, then critical ones.
 *
 * @param all for all pods together; zero leaves them to the engine
 * @param critical the last part of it, kept for critical ones
 */
public record ShutdownGrace(Duration all, Duration critical) {

  /** The priority of {@code system-cluster-critical}; who has it or more is critical. */
  private static final int CRITICAL_PRIORITY = 2_000_000_000;

  public ShutdownGrace {
    if (all.isNegative() || critical.isNegative() || critical.compareTo(all) > 0) {
      throw new IllegalArgumentException(
          "--shutdown-grace-period-critical-pods is a part of --shutdown-grace-period; %s s are no part of %s s"
              .formatted(critical.toSeconds(), all.toSeconds()));
    }
  }

  public boolean none() {
    return all.isZero();
  }

  public static boolean critical(PodView pod) {
    return pod.spec().path("priority").asInt(0) >= CRITICAL_PRIORITY;
  }

  /** By when ordinary pods must have ended, or critical ones. */
  public Instant deadline(boolean critical, Instant began) {
    return began.plus(critical ? all : all.minus(critical()));
  }
}
