package dev.argosy.agent.runtime.spi;

import org.jspecify.annotations.Nullable;

/** A log being read. One reader; {@link #close} may come from any thread and ends the reading. */
public interface LogReader extends AutoCloseable {

  /** Waits for the next piece; null at the end. */
  @Nullable Chunk next() throws RuntimeFailure, InterruptedException;

  /**
   * Whether {@link #next} would not wait; for the reading thread, which may gather what is there.
   */
  default boolean ready() throws RuntimeFailure {
    return false;
  }

  @Override
  void close();

  /** A piece of one of the outputs, most often a line with its line feed; not to be changed. */
  record Chunk(Source source, byte[] bytes) {}

  /** Where a piece came from; a terminal's output counts as standard output. */
  enum Source {
    STDOUT,
    STDERR
  }
}
