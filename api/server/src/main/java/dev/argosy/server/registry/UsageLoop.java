package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.server.quota.Shares;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the status of quotas what is used of them: at once where a share changed, and while
 * they keep changing some times a second; of those that bound room in etcd alone every other
 * second. Runs on every server, so it goes on when the one that charged dies.
 */
public final class UsageLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UsageLoop.class);
  private static final Tending.Crew CREW =
      new Tending.Crew("tenant-usage", 2, Duration.ofMillis(100));
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NO_HASTE = Duration.ofSeconds(2);
  private static final Duration NO_ROOM = Duration.ofSeconds(5);

  private final StoreRouter stores;
  private final ResourceCaches caches;
  private final Tending tending = new Tending(CREW, this::tend);
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final CacheFollower follower;
  private final CacheFollower wishes;
  private final Guarantees guarantees;

  public UsageLoop(StoreRouter stores, ResourceCaches caches, KindTables kinds, Clock clock) {
    this.stores = stores;
    this.caches = caches;
    this.follower = new CacheFollower(caches.of(Share.RESOURCE), new Changes());
    this.wishes = new CacheFollower(caches.of(Quota.OF_TENANTS), new Wishes());
    Objects objects = new Objects(stores, caches, Presets.NONE, WriteListener.NONE);
    QuotaCounting counting = new QuotaCounting(objects, stores, caches, kinds, clock);
    QuotaCharges charges = new QuotaCharges(objects, stores, counting, 0);
    this.guarantees = new Guarantees(objects, stores, counting, charges);
  }

  /** Begins; does not wait. */
  public void start() {
    tending.start();
    follower.start();
    wishes.start();
  }

  @Override
  public void close() {
    follower.close();
    wishes.close();
    tending.close();
  }

  private void changed(String quota) {
    if (busy.add(quota) && !later(quota)) {
      tending.put(quota);
    }
  }

  /** What is taken up in the store changes with nearly every write, and is told with less haste. */
  private boolean later(String quota) {
    boolean later =
        caches
            .of(Quota.OF_TENANTS)
            .snapshot()
            .get(Share.quotaOf(quota))
            .filter(object -> Quota.of(object).boundsRoomOnly())
            .isPresent();
    if (later) {
      tending.putIn(quota, NO_HASTE);
    }
    return later;
  }

  /** Whether the quota says what is used; if it had to be told, it is looked at again soon. */
  private boolean tend(String name) {
    if (!shown(name)) {
      return later(name);
    }
    guarantee(name);
    busy.remove(name);
    boolean still = shown(name); // a change before this one was not told
    return still || !busy.add(name);
  }

  /** Somebody who died may have left it to be done, or there was no room above. */
  private void guarantee(String name) {
    ObjectKey key = Share.quotaOf(name);
    if (key.resource().equals(Quota.OF_TENANTS)
        && caches.of(key.resource()).snapshot().get(key).filter(UsageLoop::wants).isPresent()
        && !guarantees.settle(key)) {
      tending.putIn(name, NO_ROOM);
    }
  }

  private static boolean wants(ApiObject object) {
    Quota quota = Quota.of(object);
    return !quota.wanted().equals(quota.guaranteed());
  }

  private boolean shown(String name) {
    ObjectKey key = Share.quotaOf(name);
    WatchCache shares = caches.of(Share.RESOURCE);
    WatchCache quotas = caches.of(key.resource());
    if (!quotas.awaitRevision(shares.snapshot().revision(), PATIENCE)) {
      return false;
    }
    Optional<ApiObject> present = quotas.snapshot().get(key);
    if (present.isEmpty()) {
      return true;
    }
    Quota quota = Quota.of(present.get());
    if (!quota.settled() || !shares.awaitRevision(present.get().revision(), PATIENCE)) {
      return !quota.settled();
    }
    Shares all = all(shares.snapshot(), name);
    Map<String, Quantity> used = all.used();
    used.keySet().retainAll(quota.hard().keySet());
    quota.hard().keySet().forEach(dimension -> used.putIfAbsent(dimension, Quantity.ZERO));
    Map<String, Quantity> guaranteed = all.guaranteed();
    if (used.equals(quota.used()) && guaranteed.equals(quota.guaranteed())) {
      return true;
    }
    return !tell(quota, quota.told(used, guaranteed));
  }

  private static Shares all(CacheSnapshot snapshot, String quota) {
    List<Share> all = new ArrayList<>();
    for (ApiObject share : snapshot.list(quota, "")) {
      all.add(Share.of(share.key(), share.revision(), share.tree()));
    }
    return new Shares(all);
  }

  /**
   * Somebody else may be faster, and the cache behind; it is looked at again in any case, unless
   * its shares say nothing, since a server that knows none charges it.
   */
  private boolean tell(Quota quota, Change told) {
    List<Change> changes = new ArrayList<>(List.of(told));
    if (!quota.ofTenant()) {
      ObjectKey place = Ledger.keyOf(quota.cluster(), quota.namespace());
      WatchCache ledgers = caches.of(Ledger.RESOURCE);
      if (!ledgers.awaitRevision(quota.object().revision(), PATIENCE)) {
        return true;
      }
      Ledger ledger = Ledger.of(place, ledgers.snapshot().get(place));
      if (!ledger.quotas().contains(quota.key().name())) {
        return false;
      }
      changes.add(ledger.kept());
    }
    if (stores.of(Quota.OF_TENANTS).commit(changes) instanceof CommitResult.Conflict conflict) {
      LOG.debug("{} has changed: {}", quota.key(), conflict.current().keySet());
    }
    return true;
  }

  /** Names the quotas whose shares change. */
  private final class Changes implements CacheFollower.Listener {

    @Override
    public void reset(CacheSnapshot state) {
      state.clusters().forEach(UsageLoop.this::changed);
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.forEach(event -> UsageLoop.this.changed(event.object().cluster()));
    }
  }

  /** Names the quotas that want other guarantees than they have. */
  private final class Wishes implements CacheFollower.Listener {

    @Override
    public void reset(CacheSnapshot state) {
      state.list(ClusterDirectory.ROOT, "").forEach(quota -> changed(quota));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.stream()
          .filter(event -> event.type() != CacheEvent.Type.DELETED)
          .forEach(event -> changed(event.object()));
    }

    private void changed(ApiObject quota) {
      if (wants(quota)) {
        UsageLoop.this.changed(quota.name());
      }
    }
  }
}
