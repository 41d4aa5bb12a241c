package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.pod.PodView;

/** A node on which it is tried out what would be if some pods were gone. */
public interface Trial extends AutoCloseable {

  /** As if this pod of the node were gone. */
  void take(PodView pod);

  /** As if it were there again. */
  void giveBack(PodView pod);

  /** Whether the pod for which this is done fits now. */
  boolean fits();

  /** Everything is as it was. */
  @Override
  void close();
}
