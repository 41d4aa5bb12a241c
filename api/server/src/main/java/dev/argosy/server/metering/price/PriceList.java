package dev.argosy.server.metering.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What an hour of a resource costs.
 *
 * @param from a full hour; it counts until the next list does
 * @param prices by resource: of a core, a GiB or a piece for an hour, of networks of a GiB; of what
 *     is used, not allocated, with {@code .used} behind it; what is not named is free
 * @param idleDivided whether tenants pay for what nobody was allocated
 * @param sharedDivided whether tenants pay for what the platform's own cluster is allocated
 */
public record PriceList(
    Instant from, Map<String, BigDecimal> prices, boolean idleDivided, boolean sharedDivided) {

  static final String NETWORK = "network.";
  private static final String USED = ".used";

  /** What counts before there are prices. */
  static final PriceList FREE = new PriceList(Instant.EPOCH, Map.of(), false, false);

  public PriceList {
    prices = Map.copyOf(prices);
    if (!from.equals(from.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException("a price list counts from a full hour, not from " + from);
    }
    prices.forEach((resource, price) -> {
      if (price.signum() < 0) {
        throw new IllegalArgumentException("the price of " + resource + " is negative");
      }
    });
  }

  boolean divides() {
    return idleDivided || sharedDivided;
  }

  /** Of what is allocated. */
  BigDecimal price(String resource) {
    return prices.getOrDefault(resource, BigDecimal.ZERO);
  }

  /** Of what is used. What goes through networks is never allocated, so its price has no suffix. */
  BigDecimal usedPrice(String resource) {
    return price(resource.startsWith(NETWORK) ? resource : resource + USED);
  }
}
