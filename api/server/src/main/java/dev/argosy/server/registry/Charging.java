package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Usage;
import dev.argosy.server.quota.Verdict;
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
 * else goes on, on however many servers. A namespace without quotas costs two looks at the caches
 * and one condition of the transaction, that no {@link Ledger} of quotas came to be.
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
  private final Ledgers ledgers;
  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

  Charging(Objects objects, StoreRouter stores, ResourceCaches caches, KindTables kinds) {
    this.objects = objects;
    this.stores = stores;
    this.caches = caches;
    this.counting = new QuotaCounting(objects, caches, kinds);
    this.ledgers = new Ledgers(objects, caches, counting);
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
    if (!bound(write)) {
      return objects.commit(write.key().resource(), changes);
    }
    Sight sight = new Sight(objects, caches);
    boolean free = ledgers.of(write, sight).quotas().isEmpty();
    Optional<Long> revision = free ? charge(bill, changes, sight) : inTurn(bill, changes, sight);
    if (revision.isPresent() && write.resource().equals(Quota.RESOURCE) && bill.object() != null) {
      settle(write.key());
    }
    return revision;
  }

  /**
   * Counts a quota that is new or has other bounds. If that cannot be done now, the next write that
   * needs the quota does it.
   */
  private void settle(ObjectKey quota) {
    try {
      counting.settle(quota);
    } catch (StoreUnavailableException e) {
      LOG.warn("{}: not counted yet", quota, e);
    }
  }

  /** Refuses what {@link #commit} would refuse; changes no charge. */
  void check(Bill bill) {
    if (!bound(bill.write())) {
      return;
    }
    Sight sight = new Sight(objects, caches);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (charges(bill, ledgers.of(bill.write(), sight), sight).isPresent()) {
        return;
      }
      sight.lookAnew();
    }
  }

  private Optional<Long> inTurn(Bill bill, List<Change> changes, Sight sight) {
    ObjectKey key = bill.write().key();
    int turn = Math.floorMod(31 * key.cluster().hashCode() + key.namespace().hashCode(), LOCKS);
    ReentrantLock lock = locks.get(turn);
    lock.lock();
    try {
      return charge(bill, changes, sight);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Long> charge(Bill bill, List<Change> changes, Sight sight) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Ledger ledger = ledgers.of(bill.write(), sight);
      Optional<List<Change>> charges = charges(bill, ledger, sight);
      if (charges.isEmpty()) {
        sight.lookAnew();
        continue;
      }
      List<Change> all = new ArrayList<>(changes);
      all.add(Ledgers.entry(ledger, bill));
      all.addAll(charges.get());
      switch (stores.of(bill.write().key().resource()).commit(all)) {
        case CommitResult.Committed(long revision) -> {
          return Optional.of(revision);
        }
        case CommitResult.TooLarge(long bytes) -> throw Objects.tooLarge(bytes);
        case CommitResult.Conflict(Map<ObjectKey, Optional<StoredValue>> current) -> {
          if (!changes.stream().allMatch(change -> holds(change, current))) {
            return Optional.empty();
          }
          sight.learn(current);
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

  /** What pays for a write; nothing if the quotas must be looked at anew. */
  private Optional<List<Change>> charges(Bill bill, Ledger ledger, Sight sight) {
    List<Change> charges = new ArrayList<>();
    for (Quota quota : quotas(bill.write(), ledger, sight)) {
      GroupResource resource = bill.write().key().resource();
      switch (Verdict.of(quota, resource, bill.object(), bill.old())) {
        case Verdict.Indifferent indifferent -> {}
        case Verdict.Charged(var used) ->
            charges.add(
                new Change.Update(quota.key(), quota.object().revision(), quota.withUsed(used)));
        case Verdict.Refused(String why) -> {
          if (sight.sure(quota.key()) && sight.sure(ledger.key()) && !recounted(bill, quota)) {
            throw Status.forbidden(bill.write().resource(), bill.write().name(), why).asException();
          }
          return Optional.empty();
        }
        case Verdict.Unknown unknown -> {
          counting.settle(quota.key());
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

  /** Whether a count shows less than was charged, since objects have ended by themselves. */
  private boolean recounted(Bill bill, Quota quota) {
    if (!Usage.endsByItself(bill.write().key().resource())) {
      return false;
    }
    counting.recount(quota.key());
    return objects
        .live(quota.key())
        .filter(now -> !Quota.of(now.object()).used().equals(quota.used()))
        .isPresent();
  }

  /** The quotas of the ledger; a quota is not charged for itself. */
  private static List<Quota> quotas(Write write, Ledger ledger, Sight sight) {
    if (ledger.quotas().isEmpty()) {
      return List.of();
    }
    List<Quota> quotas = new ArrayList<>();
    for (String name : ledger.quotas()) {
      ObjectKey key = Ledgers.quota(ledger.key(), name);
      if (!key.equals(write.key())) {
        sight.get(key, ledger.revision()).map(Quota::of).ifPresent(quotas::add);
      }
    }
    return quotas;
  }

  /** Whether quotas may bind a write. */
  private boolean bound(Write write) {
    return !write.namespace().isEmpty() && together(write);
  }

  /** Whether object and quotas are kept in one store, as one transaction needs. */
  @SuppressWarnings("ReferenceEquality")
  private boolean together(Write write) {
    return stores.of(write.key().resource()) == stores.of(Quota.RESOURCE);
  }
}
