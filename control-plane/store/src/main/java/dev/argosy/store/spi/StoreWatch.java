package dev.argosy.store.spi;

import java.util.List;

/** A running watch. Closing it, from any thread, ends the calls to its listener. */
public interface StoreWatch extends AutoCloseable {

  /**
   * Asks for a sign of life: soon {@link Listener#progress} or {@link Listener#events} reports a
   * revision that is at least the store's current one at the time of this call. Does not block;
   * does nothing while the store cannot be reached.
   */
  void requestProgress();

  @Override
  void close();

  /** Is told what happens; called by one thread at a time, in the order of revisions. */
  interface Listener {
    /** All events of one or more whole revisions; a revision is never split. Not empty. */
    void events(List<StoreEvent> events);

    /**
     * Every change up to this revision, inclusive, has been reported. Optional between events; sure
     * to come after {@link StoreWatch#requestProgress}.
     */
    void progress(long revision);

    /**
     * The watch cannot go on: its revision was compacted ({@link CompactedException}), or it broke
     * for good. Lost connections are not told: the watch resumes where it was. The last call.
     */
    void failed(RuntimeException cause);
  }
}
