package dev.argosy.controllers.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A set of completion indexes, kept and written as ranges: {@code 1,3-5,7}.
 *
 * @param ranges in order, with gaps between them
 */
record Indexes(List<Range> ranges) {

  static final Indexes NONE = new Indexes(List.of());

  /** From first to last, both included. */
  record Range(int first, int last) {
    long size() {
      return (long) last - first + 1;
    }
  }

  Indexes {
    ranges = List.copyOf(ranges);
  }

  /** Reads what {@link #toString} writes; leaves out what is no range or not below the end. */
  static Indexes parse(String text, int end) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",")) {
      int dash = part.indexOf('-');
      try {
        int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
        if (first < end) {
          ranges.add(new Range(first, Math.min(last, end - 1)));
        }
      } catch (NumberFormatException e) {
        continue;
      }
    }
    return joined(ranges);
  }

  static Indexes of(Collection<Integer> indexes) {
    return joined(indexes.stream().map(i -> new Range(i, i)).toList());
  }

  Indexes and(Indexes more) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(more.ranges);
    return joined(all);
  }

  private static Indexes joined(List<Range> unordered) {
    List<Range> joined = new ArrayList<>();
    for (Range next :
        unordered.stream().sorted(java.util.Comparator.comparingInt(Range::first)).toList()) {
      Range last = joined.isEmpty() ? null : joined.getLast();
      if (last == null || next.first() > last.last() + 1L) {
        joined.add(next);
      } else if (next.last() > last.last()) {
        joined.set(joined.size() - 1, new Range(last.first(), next.last()));
      }
    }
    return new Indexes(joined);
  }

  boolean has(int index) {
    return ranges.stream().anyMatch(r -> r.first() <= index && index <= r.last());
  }

  int size() {
    return (int) Math.min(Integer.MAX_VALUE, ranges.stream().mapToLong(Range::size).sum());
  }

  /** How many indexes are in both. */
  int shared(Indexes other) {
    long shared = 0;
    for (Range a : ranges) {
      for (Range b : other.ranges) {
        long first = Math.max(a.first(), b.first());
        shared += Math.max(0, Math.min(a.last(), b.last()) - first + 1);
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, shared);
  }

  /** The lowest indexes below the end that are not in it. */
  List<Integer> firstMissing(int count, int end) {
    List<Integer> missing = new ArrayList<>();
    int candidate = 0;
    for (Range range : ranges) {
      while (candidate < range.first() && candidate < end && missing.size() < count) {
        missing.add(candidate++);
      }
      candidate = range.last() + 1;
    }
    while (candidate < end && missing.size() < count) {
      missing.add(candidate++);
    }
    return missing;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (Range range : ranges) {
      parts.add(Integer.toString(range.first()));
      if (range.last() == range.first() + 1) {
        parts.add(Integer.toString(range.last()));
      } else if (range.last() > range.first()) {
        parts.set(parts.size() - 1, range.first() + "-" + range.last());
      }
    }
    return String.join(",", parts);
  }
}
