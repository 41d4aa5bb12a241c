package dev.argosy.tenancy.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which usage is summed up, and how.
 *
 * @param from a full hour
 * @param until a later one
 * @param tenant the only one whose usage may be seen; empty for all
 * @param by what sums are told apart by, besides time and resource
 * @param resources the only ones that matter; empty for all
 */
public record UsageQuery(
    Instant from,
    Instant until,
    Optional<Tenant> tenant,
    Step step,
    List<Grouping> by,
    Set<String> resources) {

  /**
   * A tenant.
   *
   * @param uid tells it from an earlier one of that name; empty for all of them
   */
  public record Tenant(String cluster, Optional<String> uid) {}

  /** How long a time one sum is about. */
  public enum Step {
    HOUR,
    DAY,
    MONTH,
    TOTAL
  }

  /** What sums may be told apart by. */
  public sealed interface Grouping {}

  /** By tenant. */
  public record ByTenant() implements Grouping {}

  /** By whether it is the platform's own, or a tenant's. */
  public record ByPlatform() implements Grouping {
    public static final String PLATFORM = "platform";
    public static final String TENANTS = "tenants";
  }

  /** By namespace. */
  public record ByNamespace() implements Grouping {}

  /** By the value of a label; the empty text where there is none. */
  public record ByLabel(String key) implements Grouping {}

  public UsageQuery {
    by = List.copyOf(by);
    resources = Set.copyOf(resources);
    if (!from.isBefore(until) || !full(from) || !full(until)) {
      throw new IllegalArgumentException("usage is summed up from one full hour to a later one");
    }
  }

  /** Of all resources. */
  public UsageQuery(
      Instant from, Instant until, Optional<Tenant> tenant, Step step, List<Grouping> by) {
    this(from, until, tenant, step, by, Set.of());
  }

  /** The same about these resources alone; about all if there are none. */
  public UsageQuery only(Set<String> some) {
    return new UsageQuery(from, until, tenant, step, by, some);
  }

  /** The same about another time, other tenants and told apart otherwise. */
  public UsageQuery of(
      Instant other, Instant end, Optional<Tenant> whose, List<Grouping> grouping) {
    return new UsageQuery(other, end, whose, step, grouping, resources);
  }

  private static boolean full(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.HOURS));
  }
}
