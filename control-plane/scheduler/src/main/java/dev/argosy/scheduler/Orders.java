package dev.argosy.scheduler;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.WaitingPod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is to be done outside; what comes of it is told to {@link Scheduling} later. */
interface Orders {

  void bind(WaitingPod pod, String node);

  /** Find out later what came of a binding. */
  void checkLater(WaitingPod pod, String node);

  void evict(PodView pod, Victims victims);

  /** End a member of a gang that does not become whole. */
  void end(PodView member, String why);

  /**
   * Ask extenders about a pod.
   *
   * @param nodes where it fits as far as is known here
   * @param then done with what they say by the owner of the state
   */
  void ask(
      PodView pod,
      List<String> nodes,
      List<ExtenderClient> extenders,
      Consumer<Optional<Advice>> then);

  /**
   * Ask extenders which pods may be ended so that there is room for this one.
   *
   * @param then done with what they leave of the candidates by the owner of the state
   */
  void askWhom(
      PodView pod,
      List<Candidate> candidates,
      List<ExtenderClient> extenders,
      Consumer<Optional<List<Victims>>> then);

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
