package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.Amounts;
import dev.argosy.server.quota.Demand;
import dev.argosy.server.quota.Flow;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.server.quota.Shares;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.tenancy.quota.TenantQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the guarantees of tenants' quotas into force, and ends them. What is guaranteed and not
 * used is charged to the quotas of the tenants above in the transaction that writes the guarantee
 * into the quota's share; so it is in force, and kept, or neither.
 */
final class Guarantees {

  private static final Logger LOG = LoggerFactory.getLogger(Guarantees.class);
  private static final int ATTEMPTS = 100;

  private final Objects objects;
  private final StoreRouter stores;
  private final QuotaCounting counting;
  private final QuotaCharges charges;

  Guarantees(Objects objects, StoreRouter stores, QuotaCounting counting, QuotaCharges charges) {
    this.objects = objects;
    this.stores = stores;
    this.counting = counting;
    this.charges = charges;
  }

  /** A guarantee is charged like an object that costs nothing itself. */
  private record Keeper(ObjectKey key, String cluster) implements QuotaCharges.Payer {

    static Keeper of(Quota quota) {
      return new Keeper(quota.key(), quota.cluster());
    }

    @Override
    public Demand demand(Quota quota) {
      return new Demand(Map.of(), "");
    }

    @Override
    public boolean due() {
      return false;
    }

    @Override
    public StatusException refusal(String why) {
      return Status.forbidden(TenantQuota.RESOURCE, key.name(), why).asException();
    }
  }

  /**
   * Refuses a quota whose new guarantees the tenants above could not keep now.
   *
   * @throws StatusException Forbidden
   */
  void require(Bill bill) {
    if (!bill.key().resource().equals(Quota.OF_TENANTS) || bill.object() == null) {
      return;
    }
    Quota quota = read(bill.key(), bill.object());
    Map<String, Quantity> before =
        bill.old() == null ? Map.of() : read(bill.key(), bill.old()).wanted();
    if (quota.wanted().isEmpty() || quota.wanted().equals(before)) {
      return;
    }
    Share share = used(quota);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Sight sight = sight();
      List<Ledger> path = Ledgers.path(quota.cluster(), sight);
      try (Payment payment = new Payment(true)) {
        Others others = others(quota.key(), path.getFirst(), sight);
        payment.again(Flow.between(share, quota.wanted(), others.guaranteed()));
        if (charged(Keeper.of(quota), path.subList(1, path.size()), sight, payment)) {
          return;
        }
      }
    }
  }

  private static Quota read(ObjectKey key, JsonNode object) {
    return Quota.of(ApiObject.ofStored(key, 0, Json.canonical((ObjectNode) object)));
  }

  private Share used(Quota quota) {
    ObjectKey first = first(quota.key());
    Shares shares = counting.shares(quota.key());
    return shares.all().isEmpty()
        ? new Share(first, 0, quota.hard(), counting.used(quota))
        : shares.merged(first);
  }

  private static ObjectKey first(ObjectKey quota) {
    return Share.keyOf(Share.nameOf(quota), 0);
  }

  private Sight sight() {
    Sight sight = new Sight(objects, counting.caches());
    sight.lookAnew();
    return sight;
  }

  /**
   * What other quotas of the tenant guarantee.
   *
   * @param kept that they still do
   */
  private record Others(Map<String, Quantity> guaranteed, List<Change> kept) {}

  private Others others(ObjectKey quota, Ledger ledger, Sight sight) {
    Map<String, Quantity> guaranteed = new TreeMap<>();
    List<Change> kept = new ArrayList<>();
    for (String name : ledger.quotas()) {
      ObjectKey key = Quota.ofTenant(name);
      Optional<ApiObject> other = key.equals(quota) ? Optional.empty() : sight.get(key, 0);
      if (other.map(Quota::of).filter(Quota::guarantees).isPresent()) {
        ObjectKey place = first(key);
        Share share = Share.of(place, stores.of(Share.RESOURCE).get(place));
        Amounts.raise(guaranteed, share.guaranteed());
        kept.add(new Change.Check(place, share.revision()));
      }
    }
    return new Others(guaranteed, kept);
  }

  /**
   * Plans the charges. While a quota above is counted nothing is, not even what does not change
   * what is used there: the count may know one half of it.
   */
  private boolean charged(
      QuotaCharges.Payer payer, List<Ledger> ledgers, Sight sight, Payment payment) {
    return ledgers.stream()
        .allMatch(
            ledger -> counted(ledger, sight) && charges.charge(payer, ledger, sight, payment));
  }

  private boolean counted(Ledger ledger, Sight sight) {
    boolean all = true;
    for (String name : ledger.quotas()) {
      ObjectKey key = Quota.ofTenant(name);
      if (!sight.get(key, ledger.revision()).map(Quota::of).map(Quota::settled).orElse(true)) {
        counting.settle(key);
        all = false;
      }
    }
    return all;
  }

  /**
   * Plans that the tenants above no longer keep what they kept for a quota that goes; nothing for
   * other writes.
   *
   * @param conditions to which is added under what it holds
   * @return false if the quotas must be looked at anew
   */
  boolean free(Bill bill, List<Change> conditions, Sight sight, Payment payment) {
    boolean goes = bill.key().resource().equals(Quota.OF_TENANTS) && bill.object() == null;
    if (!goes || bill.old() == null) {
      return true;
    }
    Share share = counting.shares(bill.key()).merged(first(bill.key()));
    if (share.guaranteed().isEmpty()) {
      return true;
    }
    String tenant = bill.old().path("spec").path("tenant").asString("");
    List<Ledger> path = Ledgers.path(tenant, sight);
    List<Ledger> above = path.subList(1, path.size());
    Others others = others(bill.key(), path.getFirst(), sight);
    payment.again(Flow.between(share, Map.of(), others.guaranteed()));
    payment.plan(share.guaranteed(Map.of()));
    conditions.addAll(others.kept());
    above.forEach(ledger -> conditions.add(ledger.kept()));
    return charged(new Keeper(bill.key(), tenant), above, sight, payment);
  }

  /**
   * Brings into force what a quota wants to be guaranteed.
   *
   * @return false if the tenants above cannot keep it now; to be tried again
   */
  boolean settle(ObjectKey key) {
    try {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Optional<Quota> quota = objects.live(key).map(Objects.Base::object).map(Quota::of);
        if (quota.isEmpty() || inForce(quota.get())) {
          return true;
        }
      }
    } catch (StatusException e) {
      LOG.debug("{}: {}", key, e.status().message());
    }
    return false;
  }

  /** Whether that is so, now; otherwise it is to be looked at anew. */
  private boolean inForce(Quota quota) {
    Shares shares = counting.shares(quota.key());
    if (!quota.settled() || shares.all().isEmpty()) {
      counting.begin(quota.key());
      return false;
    }
    boolean one = quota.wanted().isEmpty() || shares.all().size() == 1;
    if (one && shares.guaranteed().equals(quota.wanted())) {
      return true;
    }
    Sight sight = sight();
    List<Ledger> path = Ledgers.path(quota.cluster(), sight);
    if (!path.getFirst().quotas().contains(quota.key().name())) {
      return false;
    }
    try (Payment payment = new Payment()) {
      Share share = shares.merged(first(quota.key()));
      Others others = others(quota.key(), path.getFirst(), sight);
      payment.again(Flow.between(share, quota.wanted(), others.guaranteed()));
      payment.plan(share.guaranteed(quota.wanted()));
      List<Change> conditions = new ArrayList<>(others.kept());
      path.forEach(ledger -> conditions.add(ledger.kept()));
      return charged(Keeper.of(quota), path.subList(1, path.size()), sight, payment)
          && written(quota, shares, conditions, payment);
    }
  }

  private boolean written(Quota quota, Shares shares, List<Change> conditions, Payment payment) {
    List<Change> changes = new ArrayList<>(payment.changes());
    changes.addAll(conditions);
    for (Share share : shares.all()) {
      if (!share.key().equals(first(quota.key()))) {
        changes.add(new Change.Delete(share.key(), share.revision()));
      }
    }
    changes.add(new Change.Check(quota.key(), quota.object().revision()));
    return switch (stores.of(Quota.OF_TENANTS).commit(changes)) {
      case CommitResult.Committed(long revision) -> {
        payment.committed(revision);
        yield true;
      }
      case CommitResult.TooLarge(long bytes) -> throw Objects.tooLarge(bytes);
      case CommitResult.Conflict conflict -> {
        payment.conflict(conflict.current());
        yield false;
      }
    };
  }
}
