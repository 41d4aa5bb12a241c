package dev.argosy.server.metering.price;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All price lists, those of the past among them.
 *
 * @param currency in which prices are, such as {@code EUR}
 * @param lists in the order in which they count
 */
public record PriceBook(String currency, List<PriceList> lists) {

  public PriceBook {
    lists = lists.stream().sorted(Comparator.comparing(PriceList::from)).toList();
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("currency must be three letters such as EUR");
    }
    if (lists.isEmpty() || lists.stream().map(PriceList::from).distinct().count() < lists.size()) {
      throw new IllegalArgumentException(
          "there must be a price list, and no two from the same hour on");
    }
  }

  /** A time in which one list counts. */
  record Span(Instant from, Instant until, PriceList list) {}

  /** A time, parted where prices change. */
  List<Span> spans(Instant from, Instant until) {
    List<Span> spans = new ArrayList<>();
    Instant begin = from;
    PriceList counts = PriceList.FREE;
    for (PriceList next : lists) {
      if (next.from().isAfter(begin) && next.from().isBefore(until)) {
        spans.add(new Span(begin, next.from(), counts));
        begin = next.from();
      }
      counts = next.from().isBefore(until) ? next : counts;
    }
    spans.add(new Span(begin, until, counts));
    return spans;
  }
}
