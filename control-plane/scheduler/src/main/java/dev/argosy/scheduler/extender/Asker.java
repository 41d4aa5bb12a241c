package dev.argosy.scheduler.extender;

import dev.argosy.model.object.ObjectKey;
import java.time.Duration;

/**
 * For whom an extender is asked.
 *
 * @param pod of whose cluster it is told
 * @param whatIf whether nothing will come of it: somebody only wants to know
 */
record Asker(ObjectKey pod, boolean whatIf) {

  private static final Duration LONGEST_WHAT_IF = Duration.ofSeconds(5);

  /** How long it waits for an answer. */
  Duration patience(Duration timeout) {
    return whatIf && timeout.compareTo(LONGEST_WHAT_IF) > 0 ? LONGEST_WHAT_IF : timeout;
  }
}
