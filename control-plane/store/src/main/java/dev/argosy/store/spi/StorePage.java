package dev.argosy.store.spi;

import java.util.List;

/**
 * Part of a listing.
 *
 * @param revision the revision that all values are read at
 * @param more whether values follow the last one
 */
public record StorePage(List<StoredValue> values, long revision, boolean more) {
  public StorePage {
    values = List.copyOf(values);
  }
}
