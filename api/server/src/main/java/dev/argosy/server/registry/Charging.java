package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Verdict;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Commits writes, and charges them to the resource quotas of their namespace in the same
 * transaction: a write that is refused costs nothing, one that is kept is always paid for, whatever
 * else goes on, on however many servers. A namespace without quotas costs one look at a number.
 *
 * <p>Writes of one namespace wait here for each other, so that they need not fight for the quota's
 * revision in the store.
 */
final class Charging {

  private static final Logger LOG = LoggerFactory.getLogger(Charging.class);
  private static final int ATTEMPTS = 100;
  private static final int LOCKS = 256;

  /**
   * What is charged.
   *
   * @param object as it becomes; null if it goes
   * @param old as it was; null if it is new
   */
  record Bill(Write write, @Nullable JsonNode object, @Nullable JsonNode old) {}

  private final Objects objects;
  private final StoreRouter stores;
  private final ResourceCaches caches;
  private final QuotaCounting counting;
  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

  Charging(Objects objects, StoreRouter stores, ResourceCaches caches, KindTables kinds) {
    this.objects = objects;
    this.stores = stores;
    this.caches = caches;
    this.counting = new QuotaCounting(objects, caches, kinds);
  }

  /** The objects that are written, for reading. */
  Objects objects() {
    return objects;
  }

  /**
   * Applies the changes and charges them; nothing if a condition of the changes did not hold.
   *
   * @throws StatusException Forbidden if a quota is exceeded
   */
  Optional<Long> commit(Bill bill, List<Change> changes) {
    Deadline.current().check();
    Write write = bill.write();
    boolean free = quotas(write).isEmpty();
    Optional<Long> revision =
        free ? objects.commit(write.key().resource(), changes) : inTurn(bill, changes);
    if (revision.isPresent() && write.resource().equals(Quota.RESOURCE)) {
      if (bill.object() != null) {
        count(write.key());
      }
    } else if (revision.isPresent() && free) {
      quotas(write).forEach(quota -> count(quota.key()));
    }
    return revision;
  }

  /**
   * Counts a quota that is new, has other bounds, or came to be while somebody wrote without
   * knowing it. If that cannot be done now, the next write that needs the quota does it.
   */
  private void count(ObjectKey quota) {
    try {
      counting.count(quota);
    } catch (StoreUnavailableException e) {
      LOG.warn("{}: not counted yet", quota, e);
    }
  }

  /** Refuses what {@link #commit} would refuse; changes no charge. */
  void check(Bill bill) {
    if (quotas(bill.write()).isEmpty()) {
      return;
    }
    if (charges(bill, live(bill.write()), true).isEmpty()) {
      charges(bill, live(bill.write()), true);
    }
  }

  private Optional<Long> inTurn(Bill bill, List<Change> changes) {
    ObjectKey key = bill.write().key();
    int turn = Math.floorMod(31 * key.cluster().hashCode() + key.namespace().hashCode(), LOCKS);
    ReentrantLock lock = locks.get(turn);
    lock.lock();
    try {
      return charge(bill, changes);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Long> charge(Bill bill, List<Change> changes) {
    GroupResource storage = bill.write().key().resource();
    List<Quota> quotas = quotas(bill.write());
    boolean live = false;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<List<Change>> charges = charges(bill, quotas, live);
      if (charges.isEmpty()) {
        quotas = live(bill.write());
        live = true;
        continue;
      }
      if (charges.get().isEmpty()) {
        return objects.commit(storage, changes);
      }
      List<Change> all = new ArrayList<>(changes);
      all.addAll(charges.get());
      switch (stores.of(storage).commit(all)) {
        case CommitResult.Committed(long revision) -> {
          return Optional.of(revision);
        }
        case CommitResult.TooLarge(long bytes) -> throw Objects.tooLarge(bytes);
        case CommitResult.Conflict(Map<ObjectKey, Optional<StoredValue>> current) -> {
          if (!changes.stream().allMatch(change -> holds(change, current))) {
            return Optional.empty();
          }
          quotas = live(bill.write());
          live = true;
        }
      }
    }
    throw Status.conflict(
            bill.write().resource(), bill.write().name(), "the namespace's quotas keep changing")
        .asException();
  }

  /** Whether a change could be made in the state that a conflict reports. */
  private static boolean holds(Change change, Map<ObjectKey, Optional<StoredValue>> current) {
    long revision =
        current.getOrDefault(change.key(), Optional.empty()).map(StoredValue::revision).orElse(0L);
    return revision
        == switch (change) {
          case Change.Create create -> 0;
          case Change.Update update -> update.expectedRevision();
          case Change.Delete delete -> delete.expectedRevision();
          case Change.Check check -> check.expectedRevision();
        };
  }

  /**
   * What pays for a write; nothing if the quotas must be looked at anew.
   *
   * @param live whether the quotas were read from the store just now
   */
  private Optional<List<Change>> charges(Bill bill, List<Quota> quotas, boolean live) {
    List<Change> charges = new ArrayList<>();
    for (Quota quota : quotas) {
      switch (Verdict.of(quota, bill.write().resource(), bill.object(), bill.old())) {
        case Verdict.Indifferent indifferent -> {}
        case Verdict.Charged(var used) ->
            charges.add(
                new Change.Update(quota.key(), quota.object().revision(), quota.withUsed(used)));
        case Verdict.Refused(String why) -> {
          if (!live) {
            return Optional.empty();
          }
          throw Status.forbidden(bill.write().resource(), bill.write().name(), why).asException();
        }
        case Verdict.Unknown unknown -> {
          counting.count(quota.key());
          return Optional.empty();
        }
      }
    }
    if (charges.size() > ResourceStore.MAX_CHANGES / 2) {
      throw Status.forbidden(
              bill.write().resource(),
              bill.write().name(),
              "more resource quotas apply than one write can be charged to")
          .asException();
    }
    return Optional.of(charges);
  }

  /** The quotas of the namespace as the cache has them; a quota is not charged for itself. */
  private List<Quota> quotas(Write write) {
    if (write.namespace().isEmpty() || !together(write)) {
      return List.of();
    }
    CacheSnapshot snapshot = caches.of(Quota.RESOURCE).snapshot();
    if (snapshot.count(write.cluster(), write.namespace()) == 0) {
      return List.of();
    }
    List<Quota> quotas = new ArrayList<>();
    for (ApiObject object : snapshot.list(write.cluster(), write.namespace())) {
      if (!object.key().equals(write.key())) {
        quotas.add(Quota.of(object));
      }
    }
    return quotas;
  }

  /** Whether object and quotas are kept in one store, as one transaction needs. */
  @SuppressWarnings("ReferenceEquality")
  private boolean together(Write write) {
    return stores.of(write.key().resource()) == stores.of(Quota.RESOURCE);
  }

  /** The same quotas as the store has them now. */
  private List<Quota> live(Write write) {
    return quotas(write).stream()
        .flatMap(quota -> objects.live(quota.key()).stream())
        .map(base -> Quota.of(base.object()))
        .toList();
  }
}
