package dev.argosy.store.spi;

import java.util.List;

/** A running watch. Closing it, from any thread, ends the calls to its listener. */
public interface StoreWatch extends AutoCloseable {

  /** Is told what happens; called by one thread at a time, in the order of revisions. */
  interface Listener {
    /** All events of one or more whole revisions; a revision is never split. */
    void events(List<StoreEvent> events);

    /**
     * The watch cannot go on: its revision was compacted, or the connection broke for good. The
     * listener lists again and starts anew.
     */
    void failed(Throwable cause);
  }

  @Override
  void close();
}
