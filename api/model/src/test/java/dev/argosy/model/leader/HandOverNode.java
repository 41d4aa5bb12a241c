package dev.argosy.model.leader;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of the model: what it knows, how far its present attempt is, and what its term has
 * on the way.
 *
 * @param running whether a term runs; its worker may act as long as it does not know better
 * @param acting the fences of writes that are on the way; they may land whenever they like
 */
record HandOverNode(Candidacy known, Step step, boolean running, List<Long> acting) {

  static final LeaseTiming TIMING =
      new LeaseTiming(Duration.ofMillis(2000), Duration.ofMillis(1500), Duration.ofMillis(1000));

  /** How far an attempt is. Between any two steps the process may be stopped for any time. */
  sealed interface Step {
    /** The next attempt begins then. */
    record Rest(int until) implements Step {}

    /** The lease was read; the answer may be on its way. */
    record LeaseRead(HandOverWorld.@Nullable Lease lease) implements Step {}

    record BothRead(HandOverWorld.@Nullable Lease lease, long term) implements Step {}

    /** The lease's write was sent at that time, expecting these revisions. */
    record LeaseSent(long expected, int sent, long term) implements Step {}

    record LeaseWritten(int sent, long term) implements Step {}

    record TermSent(int sent, long expected) implements Step {}

    record TermWritten(int sent, long own) implements Step {}
  }

  static HandOverNode of(String identity) {
    return new HandOverNode(Candidacy.of(identity, TIMING), new Step.Rest(0), false, List.of());
  }

  HandOverNode at(Step next) {
    return new HandOverNode(known, next, running, acting);
  }

  HandOverNode knowing(Candidacy next) {
    return new HandOverNode(next, step, running, acting);
  }

  HandOverNode running(boolean whether) {
    return new HandOverNode(known, step, whether, acting);
  }

  HandOverNode acting(List<Long> fences) {
    return new HandOverNode(known, step, running, List.copyOf(fences));
  }
}
