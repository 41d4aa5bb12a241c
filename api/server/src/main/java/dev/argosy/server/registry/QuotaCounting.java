package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Room;
import dev.argosy.server.quota.Share;
import dev.argosy.server.quota.Shares;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
  private final Clock clock;

  QuotaCounting(
      Objects objects, StoreRouter stores, ResourceCaches caches, KindTables kinds, Clock clock) {
    this.objects = objects;
    this.stores = stores;
    this.caches = caches;
    this.kinds = kinds;
    this.clock = clock;
  }

  ResourceCaches caches() {
    return caches;
  }

  /** In milliseconds. */
  long now() {
    return clock.millis();
  }

  /**
   * Counts a quota anew if something else is used than was charged, since events have ended by
   * themselves. From the transaction that begins this to the one that ends it nothing is charged to
   * it: who wants to, counts too.
   *
   * @return whether it was, or somebody else is at it
   */
  boolean restore(ObjectKey key) {
    Optional<Quota> present = objects.live(key).map(Objects.Base::object).map(Quota::of);
    if (present.isEmpty()) {
      return false;
    }
    Quota quota = present.get();
    if (quota.settled()) {
      Map<String, Quantity> charged = shares(key).used();
      charged.keySet().retainAll(quota.hard().keySet());
      quota.hard().keySet().forEach(name -> charged.putIfAbsent(name, Quantity.ZERO));
      if (used(quota).equals(charged)) {
        return false;
      }
      uncount(quota);
    }
    settle(key);
    return true;
  }

  /** Lets a quota be counted by all who need it; nothing if it changes meanwhile, or is gone. */
  private void uncount(Quota quota) {
    ObjectKey place = Ledger.keyOf(quota.cluster(), quota.namespace());
    Ledger ledger = Ledger.of(place, objects.live(place).map(Objects.Base::object));
    if (ledger.quotas().contains(quota.key().name())) {
      objects.commit(quota.key().resource(), List.of(ledger.touched(), quota.uncounted()));
    }
  }

  /** Counts a quota that has no shares, whatever it says: nobody counted it for them. */
  void begin(ObjectKey key) {
    objects
        .live(key)
        .map(Objects.Base::object)
        .map(Quota::of)
        .ifPresent(quota -> {
          if (quota.settled() && shares(key).all().isEmpty()) {
            uncount(quota);
          }
          settle(key);
        });
  }

  /** All shares of a quota as they are now. */
  Shares shares(ObjectKey quota) {
    StorePage page =
        stores.of(Share.RESOURCE).list(Share.RESOURCE, Share.nameOf(quota), 0, null, 0);
    List<Share> all = new ArrayList<>();
    page.values().forEach(value -> all.add(Share.of(value.key(), Optional.of(value))));
    return new Shares(all);
  }

  /** Counts, unless that is done; leaves alone what is gone. */
  void settle(ObjectKey key) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<ApiObject> present = objects.live(key).map(Objects.Base::object);
      if (present.isEmpty()) {
        return;
      }
      Quota quota = Quota.of(present.get());
      long revision = quota.settled() ? 0 : counted(quota);
      if (revision >= 0) {
        await(key.resource(), Math.max(revision, present.get().revision()));
        return;
      }
    }
  }

  /** The new revision; less than 0 if the quota has changed meanwhile. */
  private long counted(Quota quota) {
    Map<String, Quantity> used = used(quota);
    List<Change> changes = new ArrayList<>(shares(quota, used));
    changes.add(quota.told(used, quota.guaranteed()));
    return objects.commit(quota.key().resource(), changes).orElse(-1L);
  }

  /** All goes to the first share; the others get theirs of it. */
  private List<Change> shares(Quota quota, Map<String, Quantity> used) {
    ObjectKey first = Share.keyOf(Share.nameOf(quota.key()), 0);
    List<Change> changes = new ArrayList<>();
    Shares before = shares(quota.key());
    for (Share share : before.all()) {
      if (!share.key().equals(first)) {
        changes.add(new Change.Delete(share.key(), share.revision()));
      }
    }
    Share merged = before.merged(first);
    Map<String, Quantity> all = new TreeMap<>(merged.used());
    all.keySet().retainAll(merged.guaranteed().keySet()); // until nothing is guaranteed of it
    all.putAll(used);
    changes.add(
        new Share(first, merged.revision(), quota.hard(), all, merged.guaranteed()).change());
    return changes;
  }

  /** What a count shows now. */
  Map<String, Quantity> used(Quota quota) {
    Map<String, Quantity> used = new TreeMap<>();
    quota.hard().keySet().forEach(name -> used.put(name, Quantity.ZERO));
    if (quota.boundsRoom()) {
      Amounts.add(used, room(quota));
    }
    Amounts.add(used, used(quota, quota.cluster(), new HashSet<>(Set.of(quota.cluster()))));
    return used;
  }

  /**
   * What is used in a cluster and below it; of what is guaranteed there at least that.
   *
   * @param seen the clusters that were counted, or are being counted
   */
  private Map<String, Quantity> used(Quota quota, String cluster, Set<String> seen) {
    Map<String, Quantity> used = new TreeMap<>();
    for (GroupResource resource : quota.resources()) {
      kinds
          .preferred(cluster, resource)
          .ifPresent(kind -> add(used, quota, cluster, kind.storage()));
    }
    for (ApiObject ledger : quota.alone() ? List.<ApiObject>of() : below(quota, cluster)) {
      if (seen.add(ledger.cluster())) {
        Map<String, Quantity> child = used(quota, ledger.cluster(), seen);
        Amounts.raise(child, guaranteed(quota, Ledger.of(ledger)));
        Amounts.add(used, child);
      }
    }
    return used;
  }

  private Iterable<ApiObject> below(Quota quota, String cluster) {
    return ledgers(quota).ownedBy(Ledger.ownerOf(cluster));
  }

  /** What the quotas of a tenant below guarantee of what this one bounds. */
  private Map<String, Quantity> guaranteed(Quota quota, Ledger ledger) {
    Map<String, Quantity> guaranteed = new TreeMap<>();
    CacheSnapshot shares = await(Share.RESOURCE, quota.object().revision()).snapshot();
    for (String name : ledger.quotas()) {
      shares
          .get(Share.keyOf(name, 0))
          .map(one -> Share.of(one.key(), one.revision(), one.tree()))
          .ifPresent(share -> Amounts.raise(guaranteed, share.guaranteed()));
    }
    guaranteed.keySet().retainAll(quota.hard().keySet());
    return guaranteed;
  }

  private void add(Map<String, Quantity> used, Quota quota, String cluster, GroupResource storage) {
    CacheSnapshot snapshot = await(storage, quota.object().revision()).snapshot();
    for (ApiObject one : snapshot.list(cluster, quota.namespace())) {
      Amounts.add(used, quota.cost(storage, one.tree()));
    }
  }

  private CacheSnapshot ledgers(Quota quota) {
    return await(Ledger.RESOURCE, quota.object().revision()).snapshot();
  }

  /** What all objects take up. */
  private Map<String, Quantity> room(Quota quota) {
    long objects = 0;
    long bytes = 0;
    for (String cluster : Family.of(quota, ledgers(quota))) {
      for (GroupResource storage : kept(cluster)) {
        WatchCache cache = await(storage, quota.object().revision());
        for (ApiObject one : cache.snapshot().readable(cluster, "")) {
          objects++;
          bytes += Room.of(one);
        }
      }
    }
    Map<String, Quantity> room = new TreeMap<>();
    room.put(EtcdAmounts.OBJECTS, Quantity.ofUnits(objects));
    room.put(EtcdAmounts.BYTES, Quantity.ofBytes(bytes));
    room.keySet().retainAll(quota.hard().keySet());
    return room;
  }

  /** As what objects of a cluster are stored, those of definitions that serve nothing too. */
  private Set<GroupResource> kept(String cluster) {
    Set<GroupResource> kept = new TreeSet<>();
    for (KindSchema kind : kinds.of(cluster).all()) {
      if (kind.type().stored() && stores.of(kind.storage()).equals(stores.of(Share.RESOURCE))) {
        kept.add(kind.storage());
      }
    }
    for (ApiObject one : caches.of(Definition.RESOURCE).snapshot().readable(cluster, "")) {
      Definition definition = Definition.of(one);
      kept.add(new GroupResource(definition.group(), definition.names().plural()));
    }
    return kept;
  }

  private WatchCache await(GroupResource storage, long revision) {
    WatchCache cache = caches.of(storage);
    if (!cache.awaitRevision(revision, PATIENCE)) {
      throw new StoreUnavailableException(storage + ": the cache is behind the store");
    }
    return cache;
  }
}
