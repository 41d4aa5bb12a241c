package dev.argosy.scheduler.topology;

import java.util.Arrays;

/** An amount for each domain of a topology key. */
public final class DomainCount {

  private final Domains domains;
  private int[] amounts = new int[0];
  private long total;

  DomainCount(Domains domains) {
    this.domains = domains;
  }

  void add(int slot, int amount) {
    int domain = domains.of(slot);
    if (domain < 0) {
      return;
    }
    if (domain >= amounts.length) {
      amounts = Arrays.copyOf(amounts, Math.max(domain + 1, amounts.length * 2));
    }
    amounts[domain] += amount;
    total += amount;
  }

  /** Whether the node is in a domain at all. */
  public boolean has(int slot) {
    return domains.of(slot) >= 0;
  }

  /** The amount of the node's domain. */
  public int at(int slot) {
    int domain = domains.of(slot);
    return domain < 0 || domain >= amounts.length ? 0 : amounts[domain];
  }

  /** The number of the node's domain; negative if it has none. */
  public int domain(int slot) {
    return domains.of(slot);
  }

  /** Domains have smaller numbers than this. */
  public int domains() {
    return domains.size();
  }

  /** Of all domains. */
  public long total() {
    return total;
  }
}
