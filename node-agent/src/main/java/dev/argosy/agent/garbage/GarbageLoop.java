package dev.argosy.agent.garbage;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.Level;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away: files of ended pods every minute, images every five, as Kubernetes does. */
public final class GarbageLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GarbageLoop.class);
  private static final int IMAGES_EVERY = 5;

  private final ImageCollector images;
  private final DeadPods dead;
  private final Supplier<Optional<List<PodView>>> pods;
  private final Supplier<Optional<Level>> disk;
  private final Consumer<String> tell;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A loop that has not begun.
   *
   * @param pods all of the node, those that have ended too; empty while they are not known
   * @param disk of the images
   * @param tell is told when the disk stays too full
   */
  public GarbageLoop(
      ImageCollector images,
      DeadPods dead,
      Supplier<Optional<List<PodView>>> pods,
      Supplier<Optional<Level>> disk,
      Consumer<String> tell) {
    this.images = images;
    this.dead = dead;
    this.pods = pods;
    this.disk = disk;
    this.tell = tell;
  }

  /** Begins, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("garbage").start(this::run);
  }

  private void run() {
    try {
      for (int minute = 1; !closed.await(1, TimeUnit.MINUTES); minute++) {
        round(minute % IMAGES_EVERY == 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void round(boolean imagesToo) {
    try {
      Optional<List<PodView>> known = pods.get();
      if (known.isPresent()) {
        dead.dropVolumes(known.get());
        if (imagesToo) {
          images.collect(active(known.get()), disk, tell);
        }
      }
    } catch (RuntimeFailure e) {
      LOG.debug("nothing cleared away: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("could not clear away", e);
    }
  }

  /** The disk runs full: everything goes that no pod needs. */
  public void freeDisk() {
    try {
      Optional<List<PodView>> known = pods.get();
      if (known.isPresent()) {
        dead.dropVolumes(known.get());
        dead.removeContainers(known.get());
        images.removeUnused(active(known.get()));
      }
    } catch (RuntimeFailure e) {
      LOG.warn("nothing cleared away: {}", e.getMessage());
    }
  }

  private static List<PodView> active(List<PodView> known) {
    return known.stream().filter(pod -> !pod.terminal()).toList();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
