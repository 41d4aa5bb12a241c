package dev.argosy.server.registry;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tenant stands below which, for their quotas: written where the objects are that are charged
 * to them. In the transaction that places a cluster, the quotas of all that it comes or goes from
 * below become ones that must be counted, so that no write is charged to the wrong ones. Any thread
 * may call.
 */
public final class Lineage {

  private static final int ATTEMPTS = 20;

  private final ResourceCaches caches;
  private final Objects objects;
  private final QuotaCounting counting;

  public Lineage(StoreRouter stores, ResourceCaches caches, KindTables kinds, Clock clock) {
    this.caches = caches;
    this.objects = new Objects(stores, caches, Presets.NONE, WriteListener.NONE);
    this.counting = new QuotaCounting(objects, stores, caches, kinds, clock);
  }

  /**
   * Lets the quotas of another tenant bind a cluster, and those that bind that tenant.
   *
   * @param parent empty for none
   * @return false if others change the same all the time; to be tried again
   */
  public boolean place(String cluster, String parent) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Sight sight = new Sight(objects, caches);
      sight.lookAnew();
      Ledger own = Ledgers.ofCluster(cluster, sight);
      if (own.parent().equals(parent)) {
        return true;
      }
      List<Quota> bound = new ArrayList<>();
      List<Change> changes = new ArrayList<>(List.of(own.under(parent)));
      for (Ledger ledger : concerned(own, parent, sight)) {
        changes.add(ledger.quotas().isEmpty() ? ledger.kept() : ledger.touched());
        bound.addAll(quotas(ledger, sight));
      }
      bound.forEach(quota -> changes.add(quota.uncounted()));
      if (objects.commit(Ledger.RESOURCE, changes).isPresent()) {
        bound.forEach(quota -> counting.settle(quota.key()));
        return true;
      }
    }
    return false;
  }

  /** Forgets where a cluster stood in which nothing is left. */
  public boolean forget(String cluster) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Sight sight = new Sight(objects, caches);
      sight.lookAnew();
      Ledger own = Ledgers.ofCluster(cluster, sight);
      boolean gone = own.parent().isEmpty();
      if (gone || objects.commit(Ledger.RESOURCE, List.of(own.under(""))).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Those above the cluster as it is, and as it shall be. */
  private static List<Ledger> concerned(Ledger own, String parent, Sight sight) {
    Map<ObjectKey, Ledger> all = new LinkedHashMap<>();
    for (String above : List.of(own.parent(), parent)) {
      if (!above.isEmpty()) {
        Ledgers.path(above, sight).forEach(ledger -> all.put(ledger.key(), ledger));
      }
    }
    all.remove(own.key());
    return List.copyOf(all.values());
  }

  private static List<Quota> quotas(Ledger ledger, Sight sight) {
    return ledger.quotas().stream()
        .map(Quota::ofTenant)
        .map(key -> sight.get(key, ledger.revision()))
        .flatMap(Optional::stream)
        .map(Quota::of)
        .filter(quota -> !quota.alone())
        .toList();
  }
}
