package dev.argosy.controllers.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was recommended and done for one autoscaler lately, oldest first. */
record Recent(List<Entry> recommendations, List<Entry> changes) {

  /**
   * Something at a time.
   *
   * @param count of replicas; of a change, how many more or (negative) fewer
   */
  record Entry(Instant at, int count) {}

  static final Recent NOTHING = new Recent(List.of(), List.of());

  Recent {
    recommendations = List.copyOf(recommendations);
    changes = List.copyOf(changes);
  }

  Recent recommended(int replicas, Instant now, Duration kept) {
    return new Recent(added(recommendations, replicas, now, kept), changes);
  }

  Recent changed(int by, Instant now, Duration kept) {
    return new Recent(recommendations, added(changes, by, now, kept));
  }

  private static List<Entry> added(List<Entry> entries, int count, Instant now, Duration kept) {
    List<Entry> next = new ArrayList<>(after(entries, now.minus(kept)));
    next.add(new Entry(now, count));
    return next;
  }

  private static List<Entry> after(List<Entry> entries, Instant begin) {
    return entries.stream().filter(entry -> entry.at().isAfter(begin)).toList();
  }

  /** The lowest recommendation of a time, this one among them. */
  int lowest(int recommended, Instant begin) {
    return after(recommendations, begin).stream()
        .mapToInt(Entry::count)
        .reduce(recommended, Math::min);
  }

  /** The highest. */
  int highest(int recommended, Instant begin) {
    return after(recommendations, begin).stream()
        .mapToInt(Entry::count)
        .reduce(recommended, Math::max);
  }

  /** By how many there have come to be more (or, negative, fewer) since. */
  int changeSince(Instant begin) {
    return after(changes, begin).stream().mapToInt(Entry::count).sum();
  }
}
