package dev.argosy.server.metering.price;

import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageSum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides what nobody and what the platform itself was allocated among tenants: of each resource,
 * and of the time of each sum, in the proportion in which they were allocated that resource. Where
 * no tenant was allocated any, nobody pays.
 */
final class Division {

  static final String CAPACITY = "capacity.";

  private record Key(Optional<Instant> at, String resource) {}

  private static final class Totals {
    private BigDecimal tenants = BigDecimal.ZERO;
    private BigDecimal platform = BigDecimal.ZERO;
    private BigDecimal capacity = BigDecimal.ZERO;
  }

  private final Map<Key, Totals> totals = new HashMap<>();

  /**
   * Of a time.
   *
   * @param all usage of all clusters, by {@link UsageQuery.ByPlatform} alone
   */
  Division(List<UsageSum> all) {
    for (UsageSum sum : all) {
      boolean machine = sum.resource().startsWith(CAPACITY);
      String resource = machine ? sum.resource().substring(CAPACITY.length()) : sum.resource();
      Totals of = totals.computeIfAbsent(new Key(sum.at(), resource), key -> new Totals());
      if (machine) {
        of.capacity = of.capacity.add(sum.allocated());
      } else if (sum.groups().getFirst().equals(UsageQuery.ByPlatform.PLATFORM)) {
        of.platform = of.platform.add(sum.allocated());
      } else {
        of.tenants = of.tenants.add(sum.allocated());
      }
    }
  }

  /** The part of what nobody was allocated that falls to a tenant's usage, in the same unit. */
  BigDecimal idle(UsageSum usage) {
    Totals of = of(usage);
    BigDecimal idle = of.capacity.subtract(of.tenants).subtract(of.platform);
    return idle.signum() <= 0 ? BigDecimal.ZERO : part(idle, usage, of);
  }

  /** The part of what the platform was allocated that falls to a tenant's usage. */
  BigDecimal shared(UsageSum usage) {
    Totals of = of(usage);
    return part(of.platform, usage, of);
  }

  /** Whether anybody else pays for what the platform was allocated. */
  boolean borne(UsageSum usage) {
    return of(usage).tenants.signum() > 0;
  }

  private Totals of(UsageSum usage) {
    return totals.getOrDefault(new Key(usage.at(), usage.resource()), new Totals());
  }

  private static BigDecimal part(BigDecimal whole, UsageSum usage, Totals of) {
    return of.tenants.signum() == 0
        ? BigDecimal.ZERO
        : whole.multiply(usage.allocated()).divide(of.tenants, MathContext.DECIMAL128);
  }
}
