package dev.argosy.server.registry;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.quota.Share;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The {@link Ledger}s that a write stands under, and what it does to them. */
final class Ledgers {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Objects objects;
  private final ResourceCaches caches;
  private final QuotaCounting counting;

  Ledgers(Objects objects, QuotaCounting counting) {
    this.objects = objects;
    this.caches = counting.caches();
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
    return complete && !ledger.strange() ? ledger : complete(key, sight);
  }

  /**
   * Enters quotas that are in no ledger, since a server made or charged them that knew of none, or
   * of no shares; without shares they are counted when they are needed. Unless it is only that the
   * caches show the two at different moments.
   */
  private Ledger complete(ObjectKey key, Sight sight) {
    sight.lookAnew();
    Ledger ledger = Ledger.of(key, sight.get(key, 0));
    CacheSnapshot quotas = caches.of(Quota.RESOURCE).currentSnapshot(PATIENCE);
    Set<String> names = new TreeSet<>();
    for (ApiObject quota : quotas.list(key.cluster(), key.namespace())) {
      names.add(quota.name());
    }
    if (!ledger.strange() && names.equals(Set.copyOf(ledger.quotas()))) {
      return ledger;
    }
    Set<String> strange = new TreeSet<>(names);
    ledger.quotas().forEach(strange::remove);
    if (strange.stream().allMatch(name -> removed(quota(key, name), ledger))) {
      objects.commit(Ledger.RESOURCE, List.of(ledger.of(names)));
    }
    sight.lookAnew();
    return Ledger.of(key, sight.get(key, 0));
  }

  /** Removes shares of a quota, while its ledger stays as it is. */
  private boolean removed(ObjectKey quota, Ledger ledger) {
    List<Change> changes = new ArrayList<>();
    for (Share share : counting.shares(quota).all()) {
      changes.add(new Change.Delete(share.key(), share.revision()));
    }
    if (changes.isEmpty()) {
      return true;
    }
    changes.add(ledger.kept());
    return objects.commit(Share.RESOURCE, changes).isPresent();
  }

  /** The ledger of the write's whole cluster. */
  static Ledger ofCluster(String cluster, Sight sight) {
    ObjectKey key = Ledger.keyOf(cluster, "");
    return Ledger.of(key, sight.get(key, 0));
  }

  /** Those of a cluster and of all above it, the nearest first. */
  static List<Ledger> path(String cluster, Sight sight) {
    List<Ledger> path = new ArrayList<>();
    Ledger ledger = ofCluster(cluster, sight);
    path.add(ledger);
    while (!ledger.parent().isEmpty()) {
      ledger = ofCluster(ledger.parent(), sight);
      if (names(path, ledger.key())) {
        break; // while two change places
      }
      path.add(ledger);
    }
    return path;
  }

  private static boolean names(List<Ledger> path, ObjectKey key) {
    return path.stream().anyMatch(ledger -> ledger.key().equals(key));
  }

  /** What becomes of ledgers with a write. */
  static List<Change> entries(List<Ledger> bound, Bill bill, Sight sight, Payment payment) {
    List<Change> entries = new ArrayList<>();
    Write write = bill.write();
    boolean spaces = write.resource().equals(Quota.RESOURCE);
    for (Ledger ledger : bound) {
      boolean concerned = spaces && !ledger.key().namespace().isEmpty();
      Change kept = payment.overdraws(ledger) ? ledger.touched() : ledger.kept();
      entries.add(concerned ? entry(ledger, bill) : kept);
    }
    if (write.key().resource().equals(Quota.OF_TENANTS)) {
      entries.add(entry(ofCluster(tenant(bill), sight), bill));
    }
    return entries;
  }

  /** The quota of that name which a ledger names. */
  static ObjectKey quota(Ledger ledger, String name) {
    return ledger.key().namespace().isEmpty() ? Quota.ofTenant(name) : quota(ledger.key(), name);
  }

  /** A quota says for good which tenant it is about. */
  private static String tenant(Bill bill) {
    JsonNode quota = bill.object() == null ? bill.old() : bill.object();
    return quota == null ? "" : quota.path("spec").path("tenant").asString("");
  }

  private static Change entry(Ledger ledger, Bill bill) {
    String name = bill.write().name();
    if (bill.object() == null) {
      return ledger.without(name);
    }
    boolean same = bill.old() != null && counted(bill.old()).equals(counted(bill.object()));
    return same ? ledger.kept() : ledger.with(name);
  }

  /** What a quota must be counted for, if it changes. */
  private static List<JsonNode> counted(JsonNode quota) {
    return List.of(quota.path("spec"), quota.path("status").path("hard"));
  }

  private static ObjectKey quota(ObjectKey ledger, String name) {
    return new ObjectKey(Quota.RESOURCE, ledger.cluster(), ledger.namespace(), name);
  }
}
