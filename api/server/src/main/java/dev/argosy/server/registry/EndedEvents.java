package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.quota.Quota;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Gives tenants back what events took up that have ended by themselves: some time after one has
 * gone, the quotas of its tenant are counted again, if they need to. Runs on every server; who
 * comes second finds nothing to do.
 */
public final class EndedEvents implements AutoCloseable {

  private static final GroupResource EVENTS = new GroupResource("", "events");
  private static final Tending.Crew CREW =
      new Tending.Crew("ended-events", 2, Duration.ofSeconds(10));

  /** Of the time that events are kept: within that much their room comes back. */
  private static final int PART = 12;

  private final ResourceCaches caches;
  private final Objects objects;
  private final QuotaCounting counting;
  private final Duration pause;
  private final Tending tending = new Tending(CREW, this::restore);
  private final CacheFollower follower;

  /**
   * Begins nothing yet.
   *
   * @param lifetime how long events are kept; zero for ever
   */
  public EndedEvents(
      StoreRouter stores, ResourceCaches caches, KindTables kinds, Clock clock, Duration lifetime) {
    this.caches = caches;
    this.objects = new Objects(stores, caches, Presets.NONE, WriteListener.NONE);
    this.counting = new QuotaCounting(objects, stores, caches, kinds, clock);
    this.pause = lifetime.dividedBy(PART);
    this.follower = new CacheFollower(caches.of(EVENTS), new Endings());
  }

  /** Begins, unless events are kept for ever; does not wait. */
  public void start() {
    if (!pause.isZero()) {
      tending.start();
      follower.start();
    }
  }

  @Override
  public void close() {
    follower.close();
    tending.close();
  }

  private boolean restore(String quota) {
    counting.restore(Quota.ofTenant(quota));
    return true;
  }

  private void ended(String cluster) {
    Ledgers.path(cluster, new Sight(objects, caches)).stream()
        .flatMap(ledger -> ledger.quotas().stream())
        .forEach(quota -> tending.putIn(quota, pause));
  }

  /** Names the quotas of the tenants whose events go. */
  private final class Endings implements CacheFollower.Listener {

    /** While nobody looked, some may have ended; who has none left is counted when it matters. */
    @Override
    public void reset(CacheSnapshot state) {
      state.clusters().forEach(EndedEvents.this::ended);
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.stream()
          .filter(event -> event.type() == CacheEvent.Type.DELETED)
          .map(event -> event.object().cluster())
          .distinct()
          .forEach(EndedEvents.this::ended);
    }
  }
}
