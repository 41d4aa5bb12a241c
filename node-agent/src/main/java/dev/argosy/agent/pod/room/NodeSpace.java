package dev.argosy.agent.pod.room;

import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.PodView;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's second look at what the scheduler has counted: it takes no more pods than it has room
 * for. While pods that are on their way out hold what a new one wants, that one waits; a critical
 * pod sends others away. Any thread.
 */
public final class NodeSpace implements Check {

  private static final Logger LOG = LoggerFactory.getLogger(NodeSpace.class);
  private static final String PREEMPTED = "Preempted in order to admit critical pod";
  private static final Duration OWN_GRACE = Duration.ofDays(365);

  private final Supplier<Map<String, Long>> allocatable;
  private final Map<String, Taken> taken = new HashMap<>();
  private final Set<String> leaving = new HashSet<>();
  private @Nullable BiConsumer<String, Verdict> evict;

  /**
   * @param allocatable what the node gives now, as in {@link Demand}
   */
  public NodeSpace(Supplier<Map<String, Long>> allocatable) {
    this.allocatable = allocatable;
  }

  /** From now on critical pods may send others away by this. */
  public synchronized void evictBy(BiConsumer<String, Verdict> means) {
    evict = means;
  }

  @Override
  public synchronized boolean later(PodView pod) {
    List<Shortage> now = shortages(pod, used(pod, Set.of()));
    if (now.isEmpty()) {
      return false;
    }
    List<Shortage> soon = shortages(pod, used(pod, leaving));
    if (soon.isEmpty()) {
      return true;
    }
    return pod.critical() && (evict == null || sendAway(pod, soon));
  }

  private boolean sendAway(PodView pod, List<Shortage> soon) {
    List<Taken> stay =
        taken.values().stream().filter(one -> !leaving.contains(one.pod().uid())).toList();
    Optional<List<Taken>> victims = Preemption.victims(soon, stay);
    for (Taken victim : victims.orElse(List.of())) {
      LOG.warn("{} goes to make room for {}", victim.pod(), pod);
      leaving.add(victim.pod().uid());
      if (evict != null) {
        evict.accept(victim.pod().uid(), new Verdict("Preempting", PREEMPTED, OWN_GRACE, true));
      }
    }
    return victims.isPresent();
  }

  @Override
  public synchronized Optional<Rejection> admit(PodView pod) {
    List<Shortage> shortages = shortages(pod, used(pod, Set.of()));
    if (shortages.isEmpty()) {
      taken.put(pod.uid(), new Taken(pod, Demand.of(pod)));
      return Optional.empty();
    }
    return Optional.of(
        pod.critical() ? Preemption.impossible(shortages) : shortages.getFirst().rejection());
  }

  private List<Shortage> shortages(PodView pod, Demand used) {
    return Shortage.of(Demand.of(pod), used, allocatable.get());
  }

  private Demand used(PodView but, Set<String> without) {
    return taken.entrySet().stream()
        .filter(e -> !e.getKey().equals(but.uid()) && !without.contains(e.getKey()))
        .map(e -> e.getValue().demand())
        .reduce(new Demand(Map.of()), Demand::plus);
  }

  @Override
  public synchronized void keep(PodView pod) {
    taken.put(pod.uid(), new Taken(pod, Demand.of(pod)));
    if (pod.deletionTimestamp() != null) {
      leaving.add(pod.uid());
    }
  }

  @Override
  public synchronized void leaves(String uid) {
    if (taken.containsKey(uid)) {
      leaving.add(uid);
    }
  }

  @Override
  public synchronized void free(PodView pod) {
    taken.remove(pod.uid());
    leaving.remove(pod.uid());
  }
}
