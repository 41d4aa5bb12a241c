package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.quota.Demand;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.server.quota.Shares;
import dev.argosy.store.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Charges writes to the quotas of their namespace, of their tenant, over all its namespaces, and of
 * those above it. Each write charges one {@link Share} of a quota, another one than those that go
 * on at the same time, so that they need not wait for each other. Only a share that has not enough
 * left looks at the others.
 *
 * <p>What a namespace's quota says is used, clients expect to be true at once: a write that no
 * other goes along with says it in its own transaction. Of those that go on together none does,
 * since they would fight for the quota; the {@link UsageLoop} does then.
 */
final class QuotaCharges {

  /** Before a tenant that is at its bounds is counted again. */
  private static final Duration COUNT_AGAIN = Duration.ofSeconds(5);

  /** Who is charged. */
  interface Payer {

    /** Where it belongs. */
    String cluster();

    /** What is written; a quota is not charged for itself. */
    ObjectKey key();

    Demand demand(Quota quota);

    /** Whether it goes on though there is no room in etcd. */
    boolean due();

    StatusException refusal(String why);

    /** The priority of a new pod that might wait; empty for all else. */
    default OptionalInt newcomer() {
      return OptionalInt.empty();
    }

    /** Whether it is a new pod that is let in with others only. */
    default boolean together() {
      return false;
    }

    /** Whether it is a pod that waited, and is to be let in. */
    default boolean waited() {
      return false;
    }
  }

  private final Objects objects;
  private final StoreRouter stores;
  private final QuotaCounting counting;
  private final Waits waits;
  private final int first;
  private final Map<ObjectKey, ShareSlots> slots = new ConcurrentHashMap<>();

  QuotaCharges(Objects objects, StoreRouter stores, QuotaCounting counting, int first) {
    this.objects = objects;
    this.stores = stores;
    this.counting = counting;
    this.waits = new Waits(counting, objects);
    this.first = first;
  }

  /**
   * Plans what pays for a write.
   *
   * @return false if the quotas must be looked at anew
   * @throws dev.argosy.model.status.StatusException Forbidden if one is exceeded
   */
  boolean charge(Payer bill, Ledger ledger, Sight sight, Payment payment) {
    for (String name : ledger.quotas()) {
      ObjectKey key = Ledgers.quota(ledger, name);
      Quota quota = sight.get(key, ledger.revision()).map(Quota::of).orElse(null);
      boolean sure = sight.sure(key) && sight.sure(ledger.key());
      if (quota != null
          && concerned(bill, quota, ledger)
          && !charge(bill, new Bound(quota, ledger, sure), payment)) {
        return false;
      }
    }
    payment.flow().up();
    return true;
  }

  /** A quota is not charged for itself. */
  private static boolean concerned(Payer bill, Quota quota, Ledger ledger) {
    boolean here = !quota.alone() || ledger.key().cluster().equals(bill.cluster());
    return here && !quota.key().equals(bill.key());
  }

  /**
   * A quota that binds.
   *
   * @param ledger that names it
   * @param sure whether both were read from the store just now
   */
  private record Bound(Quota quota, Ledger ledger, boolean sure) {}

  private boolean charge(Payer bill, Bound bound, Payment payment) {
    Quota quota = bound.quota();
    Demand cost = bill.demand(quota);
    Demand demand = quota.ofTenant() ? payment.flow().of(cost, quota) : cost;
    if (!demand.unsaid().isEmpty()) {
      return refused(bill, demand.unsaid(), bound, false);
    }
    if (demand.more().isEmpty()) {
      return true;
    }
    if (!quota.settled()) {
      counting.settle(quota.key());
      return false;
    }
    if (quota.queues() && overtakes(bill) && demand.possible(quota)) {
      return refused(bill, "pods of the tenant wait for quota " + quota.key().name(), bound, true);
    }
    ShareSlots all = slots(quota.key());
    ShareSlots.Slot slot = payment.slot(quota.key(), all, quota.shares());
    if (payment.dry() || bound.sure() && quota.guarantees()) {
      slot.forget(); // no answer, and no refusal above, may rest on what was
    }
    Share share = known(slot);
    if (share.revision() > 0 && share.bears(demand.more())) {
      payment.flow().passes(share, demand);
      payment.plan(share.charged(demand.more()));
    } else if (!borrow(bill, bound, demand, slot, payment)) {
      return false;
    }
    tell(bill, quota, demand, payment);
    return true;
  }

  private void tell(Payer bill, Quota quota, Demand demand, Payment payment) {
    if (quota.ofTenant()) {
      return;
    }
    ShareSlots all = slots(quota.key());
    long silent = all.silent();
    if (!all.alone() || !payment.mayTell() || bill.key().resource().equals(Quota.RESOURCE)) {
      all.keepSilent();
      return;
    }
    Map<String, Quantity> used =
        new TreeMap<>(all.toldUpTo(silent) ? quota.used() : counting.shares(quota.key()).used());
    Amounts.add(used, demand.more());
    used.keySet().retainAll(quota.hard().keySet());
    quota.hard().keySet().forEach(name -> used.putIfAbsent(name, Quantity.ZERO));
    payment.tell(quota.told(used), revision -> all.told(silent));
  }

  private ShareSlots slots(ObjectKey quota) {
    return slots.computeIfAbsent(quota, key -> new ShareSlots(Share.nameOf(key), first));
  }

  private Share known(ShareSlots.Slot slot) {
    Share known = slot.known();
    if (known == null) {
      known = Share.of(slot.key(), stores.of(Share.RESOURCE).get(slot.key()));
      slot.know(known);
    }
    return known;
  }

  private boolean borrow(
      Payer bill, Bound bound, Demand demand, ShareSlots.Slot slot, Payment payment) {
    Quota quota = bound.quota();
    Shares shares = counting.shares(quota.key());
    if (shares.all().isEmpty()) {
      counting.begin(quota.key());
      return false;
    }
    Map<String, Quantity> used = shares.used();
    Set<String> over = demand.over(quota, used);
    if (!over.isEmpty() && over.stream().allMatch(EtcdAmounts::is) && bill.due()) {
      payment.overdraw(quota, bound.ledger());
      return true;
    }
    if (!over.isEmpty()) {
      return bound.sure() && quota.ending(over) && restored(quota.key())
          ? false
          : refused(bill, demand.exceeded(quota, used, over), bound, demand.possible(quota));
    }
    ObjectKey own =
        shares.guaranteed().isEmpty()
            ? slot.key()
            : payment.slot(quota.key(), slots(quota.key()), 1).key(); // it has no other then
    Share needy =
        shares.all().stream()
            .filter(share -> share.key().equals(own))
            .findFirst()
            .orElse(new Share(own, 0, Map.of(), Map.of()));
    payment.flow().passes(needy, demand);
    shares.lend(needy, demand.more()).forEach(payment::plan);
    return true;
  }

  /** Whether a count, now, showed something else than what was charged. */
  private boolean restored(ObjectKey quota) {
    return slots(quota).mayCount(counting.now(), COUNT_AGAIN) && counting.restore(quota);
  }

  /** Whether a new pod comes while others wait that are let in before it, or with it. */
  private boolean overtakes(Payer bill) {
    OptionalInt priority = bill.newcomer();
    return priority.isPresent()
        && (bill.together() || waits.before(bill.cluster(), priority.getAsInt()) > 0);
  }

  /**
   * Refuses, or sees to it that the quotas are looked at anew.
   *
   * @param possible whether there may be enough some day
   */
  private static boolean refused(Payer bill, String why, Bound bound, boolean possible) {
    if (!bound.sure()) {
      return false;
    }
    Quota quota = bound.quota();
    boolean may = possible && quota.queues() && bill.newcomer().isPresent();
    if (may || bill.waited()) {
      throw new QuotaFull(quota.key(), bill.refusal(why), possible);
    }
    throw bill.refusal(why);
  }

  /** Removes what is left of a quota that is gone. */
  void forget(ObjectKey quota) {
    slots.remove(quota);
    List<Change> changes = new ArrayList<>();
    for (Share share : counting.shares(quota).all()) {
      changes.add(new Change.Delete(share.key(), share.revision()));
    }
    if (!changes.isEmpty()) {
      changes.add(new Change.Check(quota, 0)); // one of that name may be there again
      objects.commit(Share.RESOURCE, changes);
    }
  }
}
