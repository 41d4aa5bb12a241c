package dev.argosy.agent.use;

import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.use.Counters;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.Moment;
import java.util.Objects;

/**
 * An instance at the last look at it.
 *
 * @param container empty for the pod's network
 * @param ended whether it was gone at the look after this
 */
record Seen(String id, PodRef pod, String container, When when, Counters counters, boolean ended) {

  Seen {
    Objects.requireNonNull(id);
    Objects.requireNonNull(pod);
    Objects.requireNonNull(container);
    Objects.requireNonNull(when);
    Objects.requireNonNull(counters);
  }

  /**
   * When it was looked at.
   *
   * @param boot of which the uptime is
   * @param uptime of the machine, in milliseconds
   * @param startedAt when it began, in milliseconds since 1970 of this machine's clock
   * @param at of the look, likewise
   */
  record When(String boot, long uptime, long startedAt, long at) {
    When {
      Objects.requireNonNull(boot);
    }
  }

  Seen end() {
    return new Seen(id, pod, container, when, counters, true);
  }

  /**
   * As it is reported.
   *
   * @param now when the report is written
   */
  InstanceUse report(When now) {
    long seenAgo =
        Math.max(0, when.boot.equals(now.boot) ? now.uptime - when.uptime : now.at - when.at);
    long livedBefore = Math.clamp(when.at - when.startedAt, 0, when.uptime);
    return new InstanceUse(
        id, container, new Moment(seenAgo + livedBefore, seenAgo, when.uptime, ended), counters);
  }
}
