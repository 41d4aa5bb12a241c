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

/** Does nothing of what is ordered. */
class NoOrders implements Orders {

  @Override
  public void bind(WaitingPod pod, String node) {}

  @Override
  public void checkLater(WaitingPod pod, String node) {}

  @Override
  public void evict(PodView pod, Victims victims) {}

  @Override
  public void end(PodView member, String why) {}

  @Override
  public void ask(
      PodView pod,
      List<String> nodes,
      List<ExtenderClient> extenders,
      Consumer<Optional<Advice>> then) {}

  @Override
  public void askWhom(
      PodView pod,
      List<Candidate> candidates,
      List<ExtenderClient> extenders,
      Consumer<Optional<List<Victims>>> then) {}

  @Override
  public void later(Duration pause, Runnable work) {}

  @Override
  public void tell(PodView pod, String message, String detail, String nominated) {}
}
