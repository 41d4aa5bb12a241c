package dev.argosy.agent.heap;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives back the memory that the heap took and nothing is in any more. The serial collector looks
 * at old objects only when it may take no more room for them, so that an agent whose pods come and
 * go would come to the limit of its heap, and stay there. It is looked at three times a minute, and
 * collected only if it is a quarter larger than the last collection left it.
 */
public final class HeapRest implements AutoCloseable {

  private static final int PART = 4;
  private static final int EVERY_SECONDS = 20;

  private final LongSupplier bytes;
  private final Runnable collect;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long kept;

  /** Of this process; not begun. */
  public HeapRest() {
    this(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /**
   * Of a heap; not begun.
   *
   * @param bytes how large it is
   * @param collect collects it, and gives back what is not needed
   */
  HeapRest(LongSupplier bytes, Runnable collect) {
    this.bytes = bytes;
    this.collect = collect;
    this.kept = bytes.getAsLong();
  }

  /** Begins to look, on a thread of its own. */
  public HeapRest start() {
    Thread.ofVirtual().name("heap-rest").start(this::run);
    return this;
  }

  private void run() {
    try {
      while (!closed.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look. */
  void round() {
    if (bytes.getAsLong() > kept + kept / PART) {
      collect.run();
      kept = bytes.getAsLong();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
