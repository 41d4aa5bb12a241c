package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts what is used of a quota from all objects that are there: when the quota is new or its
 * bounds have changed. After that every write charges itself; see {@link Charging}.
 *
 * <p>What is counted holds at the quota's own revision: whoever charges the quota meanwhile changes
 * that, and the count begins anew.
 */
final class QuotaCounting {

  private static final int ATTEMPTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Objects objects;
  private final StoreRouter stores;
  private final ResourceCaches caches;
  private final KindTables kinds;

  QuotaCounting(Objects objects, StoreRouter stores, ResourceCaches caches, KindTables kinds) {
    this.objects = objects;
    this.stores = stores;
    this.caches = caches;
    this.kinds = kinds;
  }

  /** Counts, unless that is done; leaves alone what is gone. */
  void settle(ObjectKey key) {
    count(key, false);
  }

  /** Counts, whether or not that was done before. */
  void recount(ObjectKey key) {
    count(key, true);
  }

  private void count(ObjectKey key, boolean again) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<ApiObject> present = objects.live(key).map(Objects.Base::object);
      if (present.isEmpty()) {
        return;
      }
      Quota quota = Quota.of(present.get());
      long revision = quota.settled() && !again ? 0 : counted(quota);
      if (revision >= 0) {
        await(key.resource(), Math.max(revision, present.get().revision()));
        return;
      }
    }
  }

  /** The new revision; 0 if nothing changed, less if the quota did meanwhile. */
  private long counted(Quota quota) {
    Map<String, Quantity> used = used(quota);
    return quota.settled() && used.equals(quota.used()) ? 0 : write(quota, used);
  }

  /** The new revision; less than 0 if the quota has changed. */
  private long write(Quota quota, Map<String, Quantity> used) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Update(quota.key(), quota.object().revision(), quota.withUsed(used)));
    if (quota.ofTenant()) {
      changes.addAll(shares(quota, used));
    }
    return objects.commit(quota.key().resource(), changes).orElse(-1L);
  }

  /** All goes to the first share; the others get theirs of it. */
  private List<Change> shares(Quota quota, Map<String, Quantity> used) {
    ObjectKey first = Share.keyOf(quota.key().name(), 0);
    List<Change> changes = new ArrayList<>();
    long revision = 0;
    for (StoredValue value :
        stores.of(Share.RESOURCE).list(Share.RESOURCE, first.cluster(), 0, null, 0).values()) {
      if (value.key().equals(first)) {
        revision = value.revision();
      } else {
        changes.add(new Change.Delete(value.key(), value.revision()));
      }
    }
    changes.add(new Share(first, revision, quota.hard(), used).change());
    return changes;
  }

  private Map<String, Quantity> used(Quota quota) {
    Map<String, Quantity> used = new TreeMap<>();
    quota.hard().keySet().forEach(name -> used.put(name, Quantity.ZERO));
    for (GroupResource resource : quota.resources()) {
      kinds
          .preferred(quota.cluster(), resource)
          .ifPresent(kind -> {
            WatchCache cache = await(kind.storage(), quota.object().revision());
            for (ApiObject one : cache.snapshot().list(quota.cluster(), quota.namespace())) {
              Amounts.add(used, quota.cost(kind.storage(), one.tree()));
            }
          });
    }
    return used;
  }

  private WatchCache await(GroupResource storage, long revision) {
    WatchCache cache = caches.of(storage);
    if (!cache.awaitRevision(revision, PATIENCE)) {
      throw new StoreUnavailableException(storage + ": the cache is behind the store");
    }
    return cache;
  }
}
