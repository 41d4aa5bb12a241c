package dev.argosy.server.watch;

import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.follow.Tending;
import java.time.Duration;

/**
 * Ends watches whose readers have other rights now, soon after these changed. One thread, which
 * waits while nothing does.
 */
public final class WatchRights implements AutoCloseable {

  private final RightsHistory history;
  private final Tending tending;

  public WatchRights(RightsHistory history, Watches watches) {
    this.history = history;
    this.tending =
        new Tending(
            new Tending.Crew("watch-rights", 1, Duration.ofSeconds(1)),
            cluster -> {
              watches.look(cluster);
              return true;
            });
  }

  /** Begins; does not wait. */
  public void start() {
    history.onChange(tending::put);
    tending.start();
  }

  @Override
  public void close() {
    tending.close();
  }
}
