package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.quota.Demand;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.server.quota.Shares;
import dev.argosy.server.registry.Charging.Bill;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StorePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Charges writes to the quotas of their tenant, over all its namespaces. Each write charges one
 * {@link Share} of a quota, another one than those that go on at the same time, so that they need
 * not wait for each other. Only a share that has not enough left looks at the others.
 */
final class TenantCharges {

  private final Objects objects;
  private final StoreRouter stores;
  private final QuotaCounting counting;
  private final int first;
  private final Map<ObjectKey, ShareSlots> slots = new ConcurrentHashMap<>();

  TenantCharges(Objects objects, StoreRouter stores, QuotaCounting counting, int first) {
    this.objects = objects;
    this.stores = stores;
    this.counting = counting;
    this.first = first;
  }

  /**
   * Plans what pays for a write.
   *
   * @return false if the quotas must be looked at anew
   * @throws dev.argosy.model.status.StatusException Forbidden if one is exceeded
   */
  boolean charge(Bill bill, Ledger ledger, Sight sight, Payment payment) {
    for (String name : ledger.quotas()) {
      ObjectKey key = key(name);
      Quota quota = sight.get(key, ledger.revision()).map(Quota::of).orElse(null);
      boolean sure = sight.sure(key) && sight.sure(ledger.key());
      if (quota != null && !charge(bill, quota, sure, payment)) {
        return false;
      }
    }
    return true;
  }

  /** Where the quota of that name is kept. */
  static ObjectKey key(String name) {
    return new ObjectKey(Quota.OF_TENANTS, ClusterDirectory.ROOT, "", name);
  }

  private boolean charge(Bill bill, Quota quota, boolean sure, Payment payment) {
    Demand demand = Demand.of(quota, bill.write().key().resource(), bill.object(), bill.old());
    if (!demand.unsaid().isEmpty()) {
      return refused(bill, demand.unsaid(), sure);
    }
    if (demand.more().isEmpty()) {
      return true;
    }
    if (!quota.settled()) {
      counting.settle(quota.key());
      return false;
    }
    ShareSlots all = slots.computeIfAbsent(quota.key(), key -> new ShareSlots(key.name(), first));
    ShareSlots.Slot slot = payment.slot(quota.key(), all, quota.exceeded() ? 1 : Share.MOST);
    Share share = known(slot);
    if (share.bears(demand.more())) {
      payment.plan(share.charged(demand.more()));
      return true;
    }
    return borrow(bill, quota, demand, sure, slot, payment);
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
      Bill bill, Quota quota, Demand demand, boolean sure, ShareSlots.Slot slot, Payment payment) {
    Shares shares = shares(quota.key().name());
    Map<String, Quantity> used = shares.used();
    Set<String> over = demand.over(quota, used);
    if (!over.isEmpty()) {
      return refused(bill, demand.exceeded(quota, used, over), sure);
    }
    Share needy =
        shares.all().stream()
            .filter(share -> share.key().equals(slot.key()))
            .findFirst()
            .orElse(new Share(slot.key(), 0, Map.of(), Map.of()));
    shares.lend(needy, demand.more()).forEach(payment::plan);
    return true;
  }

  private static boolean refused(Bill bill, String why, boolean sure) {
    if (sure) {
      throw Status.forbidden(bill.write().resource(), bill.write().name(), why).asException();
    }
    return false;
  }

  /** All shares of a quota as they are now. */
  private Shares shares(String quota) {
    StorePage page = stores.of(Share.RESOURCE).list(Share.RESOURCE, quota, 0, null, 0);
    List<Share> all = new ArrayList<>();
    page.values().forEach(value -> all.add(Share.of(value.key(), Optional.of(value))));
    return new Shares(all);
  }

  /** Removes what is left of a quota that is gone. */
  void forget(ObjectKey quota) {
    slots.remove(quota);
    List<Change> changes = new ArrayList<>();
    for (Share share : shares(quota.name()).all()) {
      changes.add(new Change.Delete(share.key(), share.revision()));
    }
    if (!changes.isEmpty()) {
      objects.commit(Share.RESOURCE, changes);
    }
  }
}
