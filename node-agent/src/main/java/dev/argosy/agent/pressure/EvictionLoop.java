package dev.argosy.agent.pressure;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.view.PodView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds, and ends one pod at a time: the next is chosen only when the last one
 * has ended, or half a minute has passed; one that does not end is not chosen again.
 */
public final class EvictionLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EvictionLoop.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EvictionSettings settings;
  private final Supplier<Map<Signal, Level>> levels;
  private final PressureBoard board;
  private final Means means;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private PressureState state = PressureState.CALM;

  /** Evicted pods that have not come to their end, by uid, and since when. */
  private final Map<String, Instant> leaving = new HashMap<>();

  /**
   * What it works with.
   *
   * @param freeDisk removes what no pod needs from the engine's disk
   * @param tell is given what the node is to be told by an event
   * @param evicted hears what a pod was evicted for
   */
  public record Means(
      PodsHere pods,
      PodUses uses,
      Runnable freeDisk,
      Consumer<String> tell,
      Consumer<Signal> evicted) {

    /** Counts nothing. */
    public Means(PodsHere pods, PodUses uses, Runnable freeDisk, Consumer<String> tell) {
      this(pods, uses, freeDisk, tell, signal -> {});
    }
  }

  /** A loop that has not begun. */
  public EvictionLoop(
      EvictionSettings settings,
      Supplier<Map<Signal, Level>> levels,
      PressureBoard board,
      Means means,
      Clock clock) {
    this.settings = settings;
    this.levels = levels;
    this.board = board;
    this.means = means;
    this.clock = clock;
  }

  /** Begins, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("eviction").start(this::run);
  }

  private void run() {
    try {
      do {
        round();
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look, and what follows from it. */
  void round() {
    try {
      Instant now = clock.instant();
      PressureDecision decision = PressureDecision.of(settings, state, levels.get(), now);
      tellChanges(decision.state());
      state = decision.state();
      board.show(state.conditions());
      if (decision.first().isPresent() && !oneLeaves(now)) {
        relieve(decision.first().get(), now);
      }
    } catch (RuntimeException e) {
      LOG.error("the node's pressure could not be dealt with", e);
    }
  }

  private void tellChanges(PressureState next) {
    for (NodeCondition one : NodeCondition.values()) {
      boolean before = state.conditions().contains(one);
      if (before != next.conditions().contains(one)) {
        LOG.warn("{} is {} from now on", one.type(), before ? "over" : "true");
      }
    }
  }

  private boolean oneLeaves(Instant now) {
    leaving.keySet().retainAll(means.pods.active().stream().map(PodView::uid).toList());
    return leaving.values().stream()
        .anyMatch(since -> Duration.between(since, now).compareTo(PATIENCE) < 0);
  }

  private void relieve(Threshold threshold, Instant now) {
    Signal signal = threshold.signal();
    means.tell.accept("Attempting to reclaim " + signal.resource());
    if (signal.condition() == NodeCondition.DISK) {
      means.freeDisk.run();
    }
    Level level = levels.get().get(signal);
    if (level == null || !threshold.unresolved(Map.of(signal, level))) {
      return;
    }
    List<PodView> candidates =
        means.pods.active().stream().filter(pod -> !leaving.containsKey(pod.uid())).toList();
    List<PodUse> uses = means.uses.of(signal, candidates);
    Optional<PodUse> victim = VictimOrder.of(signal, uses).stream().findFirst();
    if (victim.isEmpty()) {
      LOG.info("the node is short of {}, and no pod can be evicted", signal.resource());
      return;
    }
    PodView pod = victim.get().pod();
    Verdict word = EvictionWords.of(settings, threshold, level, victim.get());
    LOG.warn("{} is evicted: {}", pod, word.message().strip());
    leaving.put(pod.uid(), now);
    means.pods.evict(pod, word);
    means.evicted.accept(signal);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
