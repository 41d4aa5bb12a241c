package dev.argosy.agent.pod.plan;

import java.time.Duration;

/**
 * Growing pauses, as Kubernetes has them: none before the first restart, then 10 s doubling to 5
 * min; a container that ran for 10 minutes starts over.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy">restart
 *     policy</a>
 */
public final class BackOff {

  private static final long FIRST_SECONDS = 10;
  private static final long MOST_SECONDS = 300;
  static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

  private BackOff() {}

  /** How long to wait before the start that has this place in a row of quick ones. */
  static Duration beforeStep(int step) {
    return step < 2 ? Duration.ZERO : afterFailures(step - 1);
  }

  /** How long to wait after so many failures in a row; none without failure. */
  public static Duration afterFailures(int failures) {
    if (failures < 1) {
      return Duration.ZERO;
    }
    long factor = 1L << Math.min(failures - 1, 10);
    return Duration.ofSeconds(Math.min(FIRST_SECONDS * factor, MOST_SECONDS));
  }
}
