package dev.argosy.agent.use;

import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;
import dev.argosy.model.use.UseReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports what pods use: one report for all of them every interval, and a look at them three times
 * as often, so that of what ends between two looks little is missed.
 */
public final class UseReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UseReporter.class);
  private static final int LOOKS = 3;

  private final UseSampler sampler;
  private final UseBook book;
  private final UseSink sink;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile StatsSummary summary;
  private boolean well = true;

  /**
   * What is looked at, and where it is written down.
   *
   * @param node the node's name
   * @param file of the agent's own
   */
  public record Place(String node, ContainerRuntime runtime, KernelFiles kernel, Path file) {}

  /** A reporter that has not begun. */
  public UseReporter(Place place, UseSink sink, Duration interval, Clock clock) {
    this.sampler = new UseSampler(place.runtime(), place.kernel(), clock);
    this.book = UseBook.open(place.file());
    this.sink = sink;
    this.interval = interval;
    this.summary = StatsSummary.nothing(place.node());
  }

  /** Begins, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("use-reporter").start(this::run);
  }

  private void run() {
    try {
      int look = 0;
      do {
        round(look++ % LOOKS == 0);
      } while (!closed.await(interval.toMillis() / LOOKS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A look, and a report if it is due. */
  void round(boolean due) {
    try {
      Sample sample = sampler.look();
      book.write(sample);
      summary = summary.next(sample);
      if (due) {
        book.report().ifPresent(this::send);
      }
    } catch (RuntimeFailure | IOException e) {
      said(false, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("what pods use could not be reported", e);
    }
  }

  private void send(UseReport report) {
    switch (sink.send(report)) {
      case ApiResult.Ok<Boolean>(Boolean kept) -> {
        said(true, "");
        if (kept) {
          book.kept(report);
        }
      }
      case ApiResult.Refused<Boolean>(Status status) -> said(false, status.message());
    }
  }

  private void said(boolean now, String why) {
    if (now != well) {
      well = now;
      if (now) {
        LOG.info("what pods use is reported again");
      } else {
        LOG.warn("what pods use cannot be reported: {}; nothing of it is lost", why);
      }
    }
  }

  /** The newest figures, as a kubelet shows them at {@code /stats/summary}. */
  public ObjectNode summary() {
    return summary.json();
  }

  /** Bytes of memory by pod's uid and container, at the newest look; no older than one interval. */
  public Map<String, Map<String, Long>> memory() {
    return summary.memory();
  }

  /** How many figures of ended instances wait for a server; for tests. */
  Optional<UseReport> report() {
    return book.report();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
