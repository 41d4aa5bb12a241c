package dev.argosy.server.quota;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a write reaches the quotas of the tenants above. At each tenant on the way up, what is
 * used of a guarantee is used above already, and what it is used for no longer stays kept: above
 * counts the larger of what is used and what is guaranteed. Used by one thread.
 */
public final class Flow {

  /** What reaches the next tenant, where that is not what the object costs. */
  private final Map<String, Quantity> changed = new TreeMap<>();

  private final Map<String, Quantity> arriving = new TreeMap<>();
  private final Map<String, Quantity> used = new TreeMap<>();
  private final Map<String, Quantity> guaranteed = new TreeMap<>();

  /** Nothing but what objects cost. */
  public Flow() {
    this(Map.of());
  }

  private Flow(Map<String, Quantity> more) {
    changed.putAll(more);
  }

  /**
   * How much more reaches the tenants above, of each name, as guarantees change.
   *
   * @param share what is used, and guaranteed until now
   * @param others what other quotas of the tenant guarantee: the largest counts
   */
  public static Flow between(
      Share share, Map<String, Quantity> guarantees, Map<String, Quantity> others) {
    Map<String, Quantity> names = new TreeMap<>(share.guaranteed());
    names.putAll(guarantees);
    Map<String, Quantity> more = new TreeMap<>();
    names
        .keySet()
        .forEach(name -> {
          Quantity own = share.used().getOrDefault(name, Quantity.ZERO);
          Quantity here = larger(own, others.getOrDefault(name, Quantity.ZERO));
          Quantity before = larger(here, share.guaranteed().getOrDefault(name, Quantity.ZERO));
          Quantity after = larger(here, guarantees.getOrDefault(name, Quantity.ZERO));
          more.put(name, after.subtract(before));
        });
    return new Flow(more);
  }

  /** What is left of a demand after the tenants below. */
  public Demand of(Demand demand, Quota quota) {
    Map<String, Quantity> more = new TreeMap<>(demand.more());
    changed.forEach((name, amount) -> {
      if (quota.hard().containsKey(name)) {
        more.put(name, amount);
      }
    });
    more.values().removeIf(amount -> amount.signum() == 0);
    return new Demand(more, demand.unsaid());
  }

  /**
   * A quota of the tenant that is charged now.
   *
   * @param share the quota's only one, if it has guarantees, before it is charged
   * @param demand what is asked of the quota
   */
  public void passes(Share share, Demand demand) {
    share
        .guaranteed()
        .keySet()
        .forEach(name -> {
          used.put(name, share.used().getOrDefault(name, Quantity.ZERO));
          arriving.put(name, demand.more().getOrDefault(name, Quantity.ZERO));
        });
    Amounts.raise(guaranteed, share.guaranteed());
  }

  /** On to the tenant above. */
  public void up() {
    guaranteed.forEach((name, amount) -> {
      Quantity more = arriving.getOrDefault(name, Quantity.ZERO);
      Quantity here = used.getOrDefault(name, Quantity.ZERO);
      changed.put(name, larger(here.add(more), amount).subtract(larger(here, amount)));
    });
    arriving.clear();
    used.clear();
    guaranteed.clear();
  }

  private static Quantity larger(Quantity one, Quantity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
