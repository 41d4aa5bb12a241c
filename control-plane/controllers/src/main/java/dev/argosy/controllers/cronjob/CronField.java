package dev.argosy.controllers.cronjob;

import java.util.List;
import java.util.Locale;

/**
 * The values that one field of a schedule names.
 *
 * @param values one bit for each
 * @param any whether it was left open, with a star or a question mark
 */
record CronField(long values, boolean any) {

  boolean has(int value) {
    return (values & (1L << value)) != 0;
  }

  /**
   * What a field may hold.
   *
   * @param names of values, from zero on; empty if there are none
   */
  record Bounds(int low, int high, List<String> names) {}

  /**
   * Reads a field.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static CronField parse(String text, Bounds bounds) {
    long values = 0;
    boolean any = false;
    for (String part : text.split(",")) {
      String[] rangeAndStep = part.split("/", -1);
      String[] ends = rangeAndStep[0].split("-", -1);
      boolean open = ends[0].equals("*") || ends[0].equals("?");
      int step = rangeAndStep.length > 1 ? Integer.parseInt(rangeAndStep[1]) : 1;
      int first = open ? bounds.low() : number(ends[0], bounds);
      boolean toTheEnd = open || (ends.length == 1 && rangeAndStep.length > 1);
      int last = toTheEnd ? bounds.high() : number(ends[ends.length - 1], bounds);
      if (step < 1 || first < bounds.low() || last > bounds.high() || first > last) {
        throw new IllegalArgumentException("no range: " + part);
      }
      for (int value = first; value <= last; value += step) {
        values |= 1L << value;
      }
      any |= open && step == 1;
    }
    return new CronField(values, any);
  }

  private static int number(String text, Bounds bounds) {
    int name = bounds.names().indexOf(text.toLowerCase(Locale.ROOT));
    return name >= 0 && !text.isEmpty() ? name : Integer.parseInt(text);
  }
}
