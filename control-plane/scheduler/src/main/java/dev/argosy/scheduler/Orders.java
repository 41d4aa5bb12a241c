package dev.argosy.scheduler;

import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.WaitingPod;
import java.time.Duration;

/** What is to be done outside; what comes of it is told to {@link Scheduling} later. */
interface Orders {

  void bind(WaitingPod pod, String node);

  /** Find out later what came of a binding. */
  void checkLater(WaitingPod pod, String node);

  void evict(PodView pod, Victims victims);

  /** End a member of a gang that does not become whole. */
  void end(PodView member, String why);

  /** Have this done later, by the owner of the state. */
  void later(Duration pause, Runnable work);

  /**
   * Tell why a pod waits.
   *
   * @param detail the same for programs; empty if there is no more to say
   * @param nominated the node where room is made for it; empty if none
   */
  void tell(PodView pod, String message, String detail, String nominated);

  /** Tell no more than the message. */
  default void tell(PodView pod, String message, String nominated) {
    tell(pod, message, "", nominated);
  }
}
