package dev.argosy.scheduler.share;

import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is guaranteed to each tenant for its own pods: the most that its quotas guarantee of each
 * resource, without what is guaranteed to the tenants below it. What a parent is guaranteed is
 * handed down by guarantees only, so nothing is promised twice. One thread.
 */
public final class Guarantees {

  /** More tenants above one another are not looked at; trees are less deep. */
  private static final int MOST_ABOVE = 64;

  private final Map<ObjectKey, QuotaView> quotas = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();
  private Map<String, Map<String, Long>> own = Map.of();
  private boolean stale;
  private long version;

  /** Answers whether anything is guaranteed otherwise than before. */
  public boolean put(QuotaView quota) {
    QuotaView before =
        quota.guaranteed().isEmpty() ? quotas.remove(quota.key()) : quotas.put(quota.key(), quota);
    return changed(before == null ? !quota.guaranteed().isEmpty() : !before.equals(quota));
  }

  /** Answers whether anything is guaranteed otherwise than before. */
  public boolean remove(QuotaView quota) {
    return changed(quotas.remove(quota.key()) != null);
  }

  /** Takes in which tenant is above; answers whether anything may be guaranteed otherwise now. */
  public boolean put(PoolGrants.Grant tenant) {
    String before =
        tenant.parent().isEmpty()
            ? parents.remove(tenant.tenant())
            : parents.put(tenant.tenant(), tenant.parent());
    return changed(!tenant.parent().equals(before == null ? "" : before) && !quotas.isEmpty());
  }

  /** The tenant is gone; answers whether anything may be guaranteed otherwise now. */
  public boolean remove(PoolGrants.Grant tenant) {
    return changed(parents.remove(tenant.tenant()) != null && !quotas.isEmpty());
  }

  private boolean changed(boolean news) {
    if (news) {
      version++;
      stale = true;
    }
    return news;
  }

  /** Counts the changes. */
  long version() {
    return version;
  }

  /** What is guaranteed to the tenant itself, by resource; empty if nothing. */
  Map<String, Long> of(String tenant) {
    if (stale) {
      own = compute();
      stale = false;
    }
    return own.getOrDefault(tenant, Map.of());
  }

  /** From the lowest tenants up. */
  private Map<String, Map<String, Long>> compute() {
    Map<String, Map<String, Long>> wanted = new HashMap<>();
    for (QuotaView quota : quotas.values()) {
      raise(wanted.computeIfAbsent(quota.tenant(), t -> new HashMap<>()), quota.guaranteed());
    }
    Map<String, Map<String, Long>> left = new HashMap<>();
    Map<String, Map<String, Long>> below = new HashMap<>();
    for (String tenant : lowestFirst(wanted.keySet())) {
      Map<String, Long> kept = below.getOrDefault(tenant, new HashMap<>());
      Map<String, Long> rest = new HashMap<>(wanted.getOrDefault(tenant, Map.of()));
      rest.replaceAll((name, amount) -> Math.max(0, amount - kept.getOrDefault(name, 0L)));
      left.put(tenant, rest);
      raise(kept, wanted.getOrDefault(tenant, Map.of()));
      Map<String, Long> sum =
          below.computeIfAbsent(parents.getOrDefault(tenant, ""), t -> new HashMap<>());
      kept.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
    }
    left.values().removeIf(Map::isEmpty);
    return left;
  }

  private static void raise(Map<String, Long> amounts, Map<String, Long> atLeast) {
    atLeast.forEach((name, amount) -> amounts.merge(name, amount, Math::max));
  }

  /** These tenants and all above them. */
  private List<String> lowestFirst(Set<String> tenants) {
    Map<String, Integer> heights = new HashMap<>();
    for (String tenant : tenants) {
      String name = tenant;
      for (int height = 0; height < MOST_ABOVE && !name.isEmpty(); height++) {
        heights.merge(name, height, Math::max);
        name = parents.getOrDefault(name, "");
      }
    }
    return heights.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }
}
