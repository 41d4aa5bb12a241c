package dev.argosy.scheduler;

import dev.argosy.model.client.ApiClient;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.extender.Extenders;
import dev.argosy.scheduler.extender.Heard;
import dev.argosy.scheduler.extender.Inquiry;
import dev.argosy.scheduler.extender.PreemptionInquiry;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Calls to extenders, in the background: each has a virtual thread of its own. Those that are to
 * bind have slots apart from bindings by the API, which they cannot hold up.
 */
final class ExtenderCalls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExtenderCalls.class);
  private static final int BINDINGS_AT_ONCE = 32;
  private static final int SUPPOSING_AT_ONCE = 4;

  private final Extenders extenders;
  private final Inquiry inquiry;
  private final PreemptionInquiry preemptions;
  private final Semaphore bindings = new Semaphore(BINDINGS_AT_ONCE);
  private final Semaphore supposing = new Semaphore(SUPPOSING_AT_ONCE, true);
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean closed;

  ExtenderCalls(Extenders extenders, ApiClient client) {
    this.extenders = extenders;
    this.inquiry = new Inquiry(client);
    this.preemptions = new PreemptionInquiry(client);
  }

  Extenders extenders() {
    return extenders;
  }

  /** How many calls are on their way, but for questions what would be. */
  int running() {
    return running.get();
  }

  /** Asks where a pod may go; empty if somebody who must be heard does not answer. */
  void ask(
      PodView pod,
      List<String> nodes,
      List<ExtenderClient> judges,
      Consumer<Optional<Advice>> then) {
    inBackground(pod, () -> inquiry.ask(pod, nodes, judges), then);
  }

  /** Asks whom room for a pod may cost; empty if somebody who must be heard does not answer. */
  void askWhom(
      PodView pod,
      List<Candidate> candidates,
      List<ExtenderClient> those,
      Consumer<Optional<List<Victims>>> then) {
    inBackground(pod, () -> preemptions.ask(pod, candidates, those), then);
  }

  /** Whether somebody is to be asked where a pod may go. */
  boolean concern(PodView pod) {
    return !extenders.judges(pod).isEmpty();
  }

  /** Asks where a pod might go that nobody is about to place; blocks until there is an answer. */
  Heard suppose(PodView pod, JsonNode shown, List<String> nodes) throws InterruptedException {
    supposing.acquire();
    try {
      return inquiry.suppose(pod.key(), shown, nodes, extenders.judges(pod));
    } finally {
      supposing.release();
    }
  }

  private <T> void inBackground(
      PodView pod, Supplier<Optional<T>> question, Consumer<Optional<T>> then) {
    running.incrementAndGet();
    Thread.ofVirtual()
        .name("ask-extenders")
        .start(() -> {
          Optional<T> answer = Optional.empty();
          try {
            answer = question.get();
          } catch (RuntimeException e) {
            LOG.warn("extenders could not be asked about {}", pod.key(), e);
          } finally {
            then.accept(answer);
            running.decrementAndGet();
          }
        });
  }

  /** The one that binds the pod, if there is one. */
  Optional<ExtenderClient> binder(PodView pod) {
    return extenders.binder(pod);
  }

  /**
   * Has an extender bind a pod.
   *
   * @param prepare done before; what it answers keeps the pod from being bound
   * @param then done with why it was not bound, as far as the extender says; empty if it says that
   *     it did
   */
  void bind(ExtenderClient by, PodView pod, String node, Preparing prepare, Consumer<String> then) {
    running.incrementAndGet();
    Thread.ofVirtual()
        .name("bind-by-extender")
        .start(() -> {
          bindings.acquireUninterruptibly();
          try {
            if (!closed) {
              then.accept(bindNow(by, pod, node, prepare));
            }
          } finally {
            bindings.release();
            running.decrementAndGet();
          }
        });
  }

  /** What comes before a binding. */
  interface Preparing {
    Optional<String> problem();
  }

  private static String bindNow(ExtenderClient by, PodView pod, String node, Preparing prepare) {
    try {
      Optional<String> problem = prepare.problem();
      if (problem.isEmpty()) {
        by.bind(pod, node);
      }
      return problem.orElse("");
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} was not bound by its extender: {}", pod.key(), e.toString());
      return "its extender did not bind it";
    }
  }

  @Override
  public void close() {
    closed = true;
    extenders.close();
  }
}
