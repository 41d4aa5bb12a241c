package dev.argosy.scheduler;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to the API beside the scheduler's own thread: each has a virtual thread, so many at a time.
 */
final class Background {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final int AT_ONCE = 64;

  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean closed;

  /** Calls that are on their way. */
  int running() {
    return running.get();
  }

  void run(Runnable call) {
    running.incrementAndGet();
    Thread.ofVirtual()
        .name("call")
        .start(() -> {
          slots.acquireUninterruptibly();
          try {
            if (!closed) {
              call.run();
            }
          } finally {
            slots.release();
            running.decrementAndGet();
          }
        });
  }

  /** Lets no new call begin and waits a little for those under way. */
  void close() {
    closed = true;
    try {
      if (!slots.tryAcquire(AT_ONCE, 2, TimeUnit.SECONDS)) {
        LOG.warn("{} calls were still under way", running.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
