package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.metering.TurnRecorder;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits writes, and charges them to the quotas of their namespace and of their tenant in the same
 * transaction: a write that is refused costs nothing, one that is kept is always paid for, whatever
 * else goes on, on however many servers. Where there are no quotas it costs two looks at the caches
 * and two conditions of the transaction, that no {@link Ledger} of quotas came to be. What tenants
 * pay for is metered likewise: a write that changes it carries a turn ({@link TurnRecorder}).
 */
final class Charging {

  private static final Logger LOG = LoggerFactory.getLogger(Charging.class);
  private static final int ATTEMPTS = 100;

  private final Objects objects;
  private final StoreRouter stores;
  private final ResourceCaches caches;
  private final QuotaCounting counting;
  private final Ledgers ledgers;
  private final QuotaCharges charges;
  private final Waits waits;
  private final Guarantees guarantees;
  private final TurnRecorder turns;

  Charging(
      Objects objects,
      StoreRouter stores,
      QuotaCounting counting,
      Registry.RegistrySettings settings) {
    this.objects = objects;
    this.stores = stores;
    this.caches = counting.caches();
    this.counting = counting;
    this.ledgers = new Ledgers(objects, counting);
    this.charges =
        new QuotaCharges(objects, stores, counting, settings.random().nextInt(Share.MOST));
    this.waits = new Waits(counting, objects);
    this.guarantees = new Guarantees(objects, stores, counting, charges);
    this.turns = settings.records().turns();
  }

  /** The objects that are written, for reading. */
  Objects objects() {
    return objects;
  }

  /** The pods that wait to be written. */
  Waits waits() {
    return waits;
  }

  /**
   * Applies the changes and charges them; nothing if a condition of the changes did not hold.
   *
   * @throws StatusException Forbidden if a quota is exceeded
   * @throws QuotaFull if one is, and the pod may wait, or waits
   */
  Optional<Long> commit(Bill bill, List<Change> changes) {
    Optional<Long> revision = apply(bill, changes);
    revision.ifPresent(kept -> told(bill, kept));
    return revision;
  }

  private void told(Bill bill, long revision) {
    objects.kept(bill.write(), bill.operation(), revision);
    bill.others().forEach(other -> told(other, revision));
  }

  private Optional<Long> apply(Bill bill, List<Change> changes) {
    Deadline.current().check();
    Write write = bill.write();
    if (!together(write)) {
      return objects.commit(write.key().resource(), changes);
    }
    guarantees.require(bill);
    Optional<Long> revision = charge(bill, changes, new Sight(objects, caches));
    if (revision.isPresent() && isQuota(write)) {
      follow(bill);
    }
    return revision;
  }

  private static boolean isQuota(Write write) {
    return write.resource().equals(Quota.RESOURCE)
        || write.key().resource().equals(Quota.OF_TENANTS);
  }

  /**
   * Counts a quota that is new or has other bounds, and clears up behind one that is gone. If that
   * cannot be done now, the next write that needs the quota does it.
   */
  private void follow(Bill bill) {
    ObjectKey quota = bill.write().key();
    try {
      if (bill.object() != null) {
        counting.settle(quota);
        if (quota.resource().equals(Quota.OF_TENANTS)) {
          guarantees.settle(quota);
        }
        return;
      }
      charges.forget(quota);
    } catch (StoreUnavailableException e) {
      LOG.warn("{}: not counted or not cleared up yet", quota, e);
    }
  }

  private void settle(ObjectKey quota) {
    try {
      counting.settle(quota);
    } catch (StoreUnavailableException e) {
      LOG.warn("{}: not counted yet", quota, e);
    }
  }

  /** Refuses what {@link #commit} would refuse; changes no charge. */
  void check(Bill bill) {
    if (!together(bill.write())) {
      return;
    }
    guarantees.require(bill);
    Sight sight = new Sight(objects, caches);
    try (Payment payment = new Payment(true)) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        if (charged(bill, ledgers(bill.write(), sight), sight, payment)) {
          return;
        }
        sight.lookAnew();
      }
    }
  }

  private Optional<Long> charge(Bill bill, List<Change> changes, Sight sight) {
    Write write = bill.write();
    List<Change> turn = turns(bill, changes);
    try (Payment payment = new Payment()) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        List<Ledger> bound = ledgers(write, sight);
        List<Change> conditions = new ArrayList<>();
        if (!charged(bill, bound, sight, payment)
            || !guarantees.free(bill, conditions, sight, payment)) {
          sight.lookAnew();
          continue;
        }
        List<Change> all = new ArrayList<>(changes);
        all.addAll(Ledgers.entries(bound, bill, sight, payment));
        all.addAll(conditions);
        all.addAll(payment.changes());
        all.addAll(turn);
        requireFew(bill, all);
        switch (stores.of(write.key().resource()).commit(all)) {
          case CommitResult.Committed(long revision) -> {
            payment.committed(revision);
            payment.overdrawn().forEach(this::settle);
            return Optional.of(revision);
          }
          case CommitResult.TooLarge(long bytes) -> throw Objects.tooLarge(bytes);
          case CommitResult.Conflict(Map<ObjectKey, Optional<StoredValue>> current) -> {
            payment.conflict(current);
            if (!changes.stream().allMatch(change -> holds(change, current))) {
              return Optional.empty();
            }
            sight.learn(current);
          }
        }
      }
    }
    throw Status.conflict(
            write.resource(), write.name(), "the quotas it is charged to keep changing")
        .asException();
  }

  private List<Change> turns(Bill bill, List<Change> changes) {
    return Stream.concat(Stream.of(bill), bill.others().stream())
        .flatMap(one -> turns.turn(one.key(), one.object(), one.old(), changes).stream())
        .toList();
  }

  private static void requireFew(Bill bill, List<Change> changes) {
    if (changes.size() > ResourceStore.MAX_CHANGES) {
      throw Status.forbidden(
              bill.write().resource(),
              bill.write().name(),
              "more quotas apply than one write can be charged to")
          .asException();
    }
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

  /** The ledgers of the write's cluster, of those above it, and of its namespace, if it has one. */
  private List<Ledger> ledgers(Write write, Sight sight) {
    List<Ledger> all = Ledgers.path(write.cluster(), sight);
    if (!write.namespace().isEmpty()) {
      all.add(ledgers.of(write, sight));
    }
    return all;
  }

  /** Plans what pays for a write; false if the quotas must be looked at anew. */
  private boolean charged(Bill bill, List<Ledger> bound, Sight sight, Payment payment) {
    payment.again();
    return bound.stream().allMatch(ledger -> charges.charge(bill, ledger, sight, payment));
  }

  /** Whether object and quotas are kept in one store, as one transaction needs. */
  @SuppressWarnings("ReferenceEquality")
  private boolean together(Write write) {
    return stores.of(write.key().resource()) == stores.of(Quota.RESOURCE);
  }
}
