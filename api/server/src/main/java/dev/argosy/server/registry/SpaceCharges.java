package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Usage;
import dev.argosy.server.quota.Verdict;
import dev.argosy.server.registry.Charging.Bill;
import dev.argosy.store.spi.Change;
import java.util.List;

/**
 * Charges writes to the resource quotas of their namespace: each says itself what is used of it.
 */
final class SpaceCharges {

  private final Objects objects;
  private final QuotaCounting counting;

  SpaceCharges(Objects objects, QuotaCounting counting) {
    this.objects = objects;
    this.counting = counting;
  }

  /**
   * Adds what pays for a write. A quota is not charged for itself.
   *
   * @return false if the quotas must be looked at anew
   * @throws dev.argosy.model.status.StatusException Forbidden if one is exceeded
   */
  boolean charge(Bill bill, Ledger ledger, Sight sight, List<Change> charges) {
    for (String name : ledger.quotas()) {
      ObjectKey key = Ledgers.quota(ledger.key(), name);
      Quota quota =
          key.equals(bill.write().key())
              ? null
              : sight.get(key, ledger.revision()).map(Quota::of).orElse(null);
      boolean sure = sight.sure(key) && sight.sure(ledger.key());
      if (quota != null && !charge(bill, quota, sure, charges)) {
        return false;
      }
    }
    return true;
  }

  private boolean charge(Bill bill, Quota quota, boolean sure, List<Change> charges) {
    Write write = bill.write();
    return switch (Verdict.of(quota, write.key().resource(), bill.object(), bill.old())) {
      case Verdict.Indifferent indifferent -> true;
      case Verdict.Charged(var used) ->
          charges.add(
              new Change.Update(quota.key(), quota.object().revision(), quota.withUsed(used)));
      case Verdict.Refused(String why) -> {
        if (sure && !recounted(bill, quota)) {
          throw Status.forbidden(write.resource(), write.name(), why).asException();
        }
        yield false;
      }
      case Verdict.Unknown unknown -> {
        counting.settle(quota.key());
        yield false;
      }
    };
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
}
