package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.registry.Charging.Bill;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The {@link Ledger}s of namespaces: which a write stands under, and what it does to them. */
final class Ledgers {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Objects objects;
  private final ResourceCaches caches;
  private final QuotaCounting counting;

  Ledgers(Objects objects, ResourceCaches caches, QuotaCounting counting) {
    this.objects = objects;
    this.caches = caches;
    this.counting = counting;
  }

  /** The ledger of the write's namespace. */
  Ledger of(Write write, Sight sight) {
    ObjectKey key = Ledger.keyOf(write.cluster(), write.namespace());
    Ledger ledger = Ledger.of(key, sight.get(key, 0));
    CacheSnapshot quotas = caches.of(Quota.RESOURCE).snapshot();
    boolean complete =
        quotas.count(write.cluster(), write.namespace()) == ledger.quotas().size()
            || quotas.revision() < ledger.revision();
    return complete ? ledger : complete(key, sight);
  }

  /**
   * Enters quotas that are in no ledger, since a server made them that knew of none, and counts
   * them anew; unless it is only that the caches show the two at different moments.
   */
  private Ledger complete(ObjectKey key, Sight sight) {
    sight.lookAnew();
    Ledger ledger = Ledger.of(key, sight.get(key, 0));
    CacheSnapshot quotas = caches.of(Quota.RESOURCE).currentSnapshot(PATIENCE);
    Set<String> names = new TreeSet<>();
    for (ApiObject quota : quotas.list(key.cluster(), key.namespace())) {
      names.add(quota.name());
    }
    if (names.equals(Set.copyOf(ledger.quotas()))) {
      return ledger;
    }
    if (objects.commit(Ledger.RESOURCE, List.of(ledger.of(names))).isPresent()) {
      names.forEach(name -> counting.recount(quota(key, name)));
    }
    sight.lookAnew();
    return Ledger.of(key, sight.get(key, 0));
  }

  /** What becomes of a ledger with a write. */
  static Change entry(Ledger ledger, Bill bill) {
    Write write = bill.write();
    if (!write.resource().equals(Quota.RESOURCE)) {
      return ledger.kept();
    }
    if (bill.object() == null) {
      return ledger.without(write.name());
    }
    boolean same = bill.old() != null && bill.old().path("spec").equals(bill.object().path("spec"));
    return same ? ledger.kept() : ledger.with(write.name());
  }

  static ObjectKey quota(ObjectKey ledger, String name) {
    return new ObjectKey(Quota.RESOURCE, ledger.cluster(), ledger.namespace(), name);
  }
}
