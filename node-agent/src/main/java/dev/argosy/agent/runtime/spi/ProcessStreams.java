package dev.argosy.agent.runtime.spi;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A process that someone talks to. Each stream has one reader or writer; all must be read, or the
 * process waits. Streams that were not asked for are empty. {@link #close} ends the conversation,
 * from any thread, and not the process.
 */
public interface ProcessStreams extends AutoCloseable {

  /** Its input; closing it is the end of file. Every write reaches the process at once. */
  OutputStream stdin();

  InputStream stdout();

  /** Empty for a process with a terminal. */
  InputStream stderr();

  /** Sets the terminal's size in characters; ignored without a terminal. */
  void resize(int columns, int rows) throws RuntimeFailure;

  /**
   * Waits until the output has ended, then says how the process did.
   *
   * @return its exit code; for an attached container that still runs, 0
   */
  int awaitExit() throws RuntimeFailure, InterruptedException;

  @Override
  void close();
}
