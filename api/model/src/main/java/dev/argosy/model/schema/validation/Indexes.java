package dev.argosy.model.schema.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Indexes of a job in short form, such as {@code 1,3-5,7}.
 *
 * @param ranges first and last index of each part
 * @param problem what is wrong with the text; empty if nothing
 */
record Indexes(List<long[]> ranges, String problem) {

  Indexes {
    ranges = List.copyOf(ranges);
  }

  /** Reads indexes below {@code completions} in rising order. */
  static Indexes parse(String text, long completions) {
    List<long[]> ranges = new ArrayList<>();
    if (text.isEmpty()) {
      return new Indexes(ranges, "");
    }
    long last = -1;
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        return wrong(
            "the fragment \""
                + part
                + "\" violates the requirement that an index interval"
                + " can have at most two parts separated by '-'");
      }
      long[] range = new long[2];
      for (int i = 0; i < 2; i++) {
        String end = ends[Math.min(i, ends.length - 1)];
        if (!isNumber(end)) {
          return wrong("cannot convert string to integer for index: \"" + end + "\"");
        }
        range[i] = Long.parseLong(end);
        if (range[i] >= completions) {
          return wrong("too large index: \"" + end + "\"");
        }
      }
      if (range[0] <= last || range[1] < range[0] || (ends.length == 2 && range[0] == range[1])) {
        return wrong(
            "non-increasing order, previous: "
                + Math.max(last, range[0])
                + ", current: "
                + (range[0] <= last ? range[0] : range[1]));
      }
      last = range[1];
      ranges.add(range);
    }
    return new Indexes(ranges, "");
  }

  private static Indexes wrong(String problem) {
    return new Indexes(List.of(), problem);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() < 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  long count() {
    return ranges.stream().mapToLong(range -> range[1] - range[0] + 1).sum();
  }

  /** Whether an index is in both. */
  boolean overlaps(Indexes other) {
    return ranges.stream()
        .anyMatch(a -> other.ranges.stream().anyMatch(b -> a[0] <= b[1] && b[0] <= a[1]));
  }
}
