package dev.argosy.agent.resource;

import dev.argosy.agent.pod.sync.PodWorkers;
import dev.argosy.agent.pod.view.PodView;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once a minute which pods of the node may still run, once they are known. */
final class Upkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final PodWorkers workers;
  private final Consumer<List<PodView>> follower;
  private final CountDownLatch closed = new CountDownLatch(1);

  Upkeep(PodWorkers workers, Consumer<List<PodView>> follower) {
    this.workers = workers;
    this.follower = follower;
  }

  void start() {
    Thread.ofVirtual().name("upkeep").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(1, TimeUnit.MINUTES)) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    if (workers.ready()) {
      try {
        follower.accept(workers.pods().stream().filter(pod -> !pod.terminal()).toList());
      } catch (RuntimeException e) {
        LOG.error("groups and processors of pods are not looked after", e);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
