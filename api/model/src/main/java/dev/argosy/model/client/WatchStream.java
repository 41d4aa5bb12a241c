package dev.argosy.model.client;

import java.util.List;

/** An open watch. One reader; {@link #close} may come from any thread and ends the reading. */
public interface WatchStream extends AutoCloseable {

  /**
   * Waits for the next events and returns all that are there, at least one, in order. An empty list
   * says that the watch has ended (closed, or its time is over).
   */
  List<WatchEvent> next() throws InterruptedException;

  @Override
  void close();
}
