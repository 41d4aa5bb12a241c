package dev.argosy.scheduler.share;

import java.util.Map;

/**
 * What of each resource is guaranteed to one tenant, beside what there is. Of a resource that no
 * guarantee names the tenant is entitled to the same part of all nodes as of the one of which it is
 * guaranteed the greatest part.
 */
final class Entitlement {

  private final Map<String, Long> named;
  private final Load all;
  private final double part;

  Entitlement(Map<String, Long> named, Load all) {
    this.named = named;
    this.all = all;
    this.part = named.isEmpty() ? 0 : greatest(named, all);
  }

  private static double greatest(Map<String, Long> named, Load all) {
    double[] part = {0};
    all.beside(
        all,
        (name, amount, there) ->
            part[0] = Math.max(part[0], (double) named.getOrDefault(name, 0L) / there));
    return Math.min(1, part[0]);
  }

  /** Whether nothing is guaranteed. */
  boolean none() {
    return part == 0;
  }

  private double of(String name, long there) {
    Long amount = named.isEmpty() ? null : named.get(name);
    return amount == null ? part * there : amount;
  }

  /** How much of what is guaranteed that is: 1 for all of it, more if it is beyond. */
  double filled(Load load) {
    double[] most = {0};
    load.beside(
        all,
        (name, amount, there) -> {
          if (amount > 0) {
            most[0] = Math.max(most[0], amount / of(name, there));
          }
        });
    return most[0];
  }

  /** The greatest part of any resource of all nodes that goes beyond the guarantee. */
  double beyond(Load load) {
    double[] most = {0};
    load.beside(
        all,
        (name, amount, there) -> most[0] = Math.max(most[0], (amount - of(name, there)) / there));
    return most[0];
  }
}
