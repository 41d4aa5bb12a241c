package dev.argosy.server.metering.price;

import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.metering.price.PriceBook.Span;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageQuery.ByPlatform;
import dev.argosy.tenancy.usage.UsageQuery.ByTenant;
import dev.argosy.tenancy.usage.UsageQuery.Grouping;
import dev.argosy.tenancy.usage.UsageSum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts prices to usage. */
public final class Pricing {

  private static final Set<String> BYTES = Set.of("memory", "storage", "ephemeral-storage");
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
  private static final BigDecimal GIB_HOUR = HOUR.multiply(GIB);

  private final Function<UsageQuery, List<UsageSum>> reader;

  /**
   * @param reader sums up usage
   */
  public Pricing(Function<UsageQuery, List<UsageSum>> reader) {
    this.reader = reader;
  }

  private record Key(Optional<Instant> at, List<String> groups, String resource) {
    static final Comparator<Key> ORDER =
        Comparator.<Key, Instant>comparing(key -> key.at().orElse(Instant.MIN))
            .thenComparing(key -> String.join("\0", key.groups()));
  }

  /** The sums that are asked for, with what they cost, in the order of the reader's. */
  public List<PricedSum> of(UsageQuery query, PriceBook book) {
    Map<Key, PricedSum> all = new LinkedHashMap<>();
    for (Span span : book.spans(query.from(), query.until())) {
      Division division =
          new Division(
              span.list().divides()
                  ? reader.apply(
                      query
                          .of(
                              span.from(),
                              span.until(),
                              Optional.empty(),
                              List.of(new ByPlatform()))
                          .only(Set.of()))
                  : List.of());
      List<Grouping> by = new ArrayList<>(List.of(new ByTenant()));
      by.addAll(query.by());
      for (UsageSum sum : reader.apply(query.of(span.from(), span.until(), query.tenant(), by))) {
        Cost cost = cost(sum, span.list(), division);
        UsageSum asked = sum.withGroups(sum.groups().subList(1, sum.groups().size()));
        all.merge(
            new Key(asked.at(), asked.groups(), asked.resource()),
            new PricedSum(asked, cost),
            (one, other) ->
                new PricedSum(one.sum().plus(other.sum()), one.cost().plus(other.cost())));
      }
    }
    return List.copyOf(all.values());
  }

  /** What all resources of a time and of groups cost together, in the order of these. */
  public static List<PricedSum> together(List<PricedSum> sums) {
    Map<Key, PricedSum> all = new LinkedHashMap<>();
    for (PricedSum priced : sums) {
      UsageSum sum = priced.sum();
      UsageSum bare = new UsageSum(sum.at(), sum.groups(), "", BigDecimal.ZERO, Optional.empty());
      all.merge(
          new Key(sum.at(), sum.groups(), ""),
          new PricedSum(bare, priced.cost()),
          (one, other) -> new PricedSum(bare, one.cost().plus(other.cost())));
    }
    return all.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Key.ORDER))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Cost cost(UsageSum sum, PriceList list, Division division) {
    BigDecimal used = used(sum, list);
    BigDecimal price = list.price(sum.resource());
    if (price.signum() == 0) {
      return new Cost(used, BigDecimal.ZERO, BigDecimal.ZERO);
    }
    BigDecimal allocated = priced(sum.resource(), sum.allocated(), price);
    BigDecimal own = allocated.add(used);
    if (sum.groups().getFirst().equals(ClusterDirectory.ROOT)) {
      boolean given = list.sharedDivided() && division.borne(sum);
      return new Cost(own, BigDecimal.ZERO, given ? allocated.negate() : BigDecimal.ZERO);
    }
    return new Cost(
        own,
        list.idleDivided() ? priced(sum.resource(), division.idle(sum), price) : BigDecimal.ZERO,
        list.sharedDivided()
            ? priced(sum.resource(), division.shared(sum), price)
            : BigDecimal.ZERO);
  }

  /** What is used belongs to who uses it, and is not divided. */
  private static BigDecimal used(UsageSum sum, PriceList list) {
    BigDecimal price = list.usedPrice(sum.resource());
    return price.signum() == 0
        ? BigDecimal.ZERO
        : priced(sum.resource(), sum.used().orElse(BigDecimal.ZERO), price);
  }

  private static BigDecimal priced(String resource, BigDecimal amount, BigDecimal price) {
    if (resource.startsWith(PriceList.NETWORK)) {
      return amount.multiply(price).divide(GIB, MathContext.DECIMAL128);
    }
    boolean bytes = BYTES.contains(resource) || resource.startsWith("hugepages-");
    return amount.multiply(price).divide(bytes ? GIB_HOUR : HOUR, MathContext.DECIMAL128);
  }
}
