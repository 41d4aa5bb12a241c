package dev.argosy.agent.cpu;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has which processors.
 *
 * @param all of the machine
 * @param reserved for the node's own work and for all who have none of their own
 * @param exclusive by {@code UID/CONTAINER}
 */
record CpuLedger(CpuSet all, CpuSet reserved, Map<String, CpuSet> exclusive) {

  CpuLedger {
    exclusive = Map.copyOf(exclusive);
    CpuSet seen = reserved;
    for (CpuSet one : exclusive.values()) {
      if (!seen.and(one).isEmpty() || !all.holds(one) || one.isEmpty()) {
        throw new IllegalArgumentException(
            "processors " + one + " are given twice, reserved, or not there");
      }
      seen = seen.plus(one);
    }
  }

  /** What all others run on. */
  CpuSet shared() {
    return exclusive.values().stream().reduce(all, CpuSet::minus);
  }

  /** What could still be given away. */
  CpuSet free() {
    return shared().minus(reserved);
  }

  /**
   * With so many more for one who has none; empty if there are not enough.
   *
   * @param near those to take first
   */
  Optional<CpuLedger> give(String owner, int wanted, CpuTopology topology, CpuSet near) {
    CpuSet beside = free().and(near);
    if (beside.size() >= wanted) {
      return CpuChoice.take(topology, beside, wanted).map(cpus -> with(owner, cpus));
    }
    return CpuChoice.take(topology, free().minus(beside), wanted - beside.size())
        .map(rest -> with(owner, beside.plus(rest)));
  }

  CpuLedger with(String owner, CpuSet cpus) {
    Map<String, CpuSet> more = new HashMap<>(exclusive);
    more.put(owner, cpus);
    return new CpuLedger(all, reserved, more);
  }

  /** Without those who are gone. */
  CpuLedger keepOnly(Set<String> owners) {
    Map<String, CpuSet> left = new HashMap<>(exclusive);
    left.keySet().retainAll(owners);
    return new CpuLedger(all, reserved, left);
  }
}
