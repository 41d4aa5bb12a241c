package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.store.cache.CacheSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The clusters whose objects a quota is about. */
final class Family {

  private Family() {}

  /**
   * The quota's own, and for a tenant's quota all below it.
   *
   * @param ledgers which say what stands below what
   */
  static Set<String> of(Quota quota, CacheSnapshot ledgers) {
    return quota.alone() ? Set.of(quota.cluster()) : below(quota.cluster(), ledgers);
  }

  private static Set<String> below(String cluster, CacheSnapshot ledgers) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(Set.of(cluster));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (found.add(next)) {
        for (ApiObject ledger : ledgers.ownedBy(Ledger.ownerOf(next))) {
          open.add(ledger.cluster());
        }
      }
    }
    return found;
  }
}
