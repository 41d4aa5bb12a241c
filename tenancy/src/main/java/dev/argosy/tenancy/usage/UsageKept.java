package dev.argosy.tenancy.usage;

import java.time.Duration;

/**
 * How long usage is kept; whole months are removed, so it may stay a month longer.
 *
 * @param intervals of single subjects
 * @param hours sums of hours
 * @param days sums of days
 */
public record UsageKept(Duration intervals, Duration hours, Duration days) {

  public static final UsageKept DEFAULT =
      new UsageKept(Duration.ofDays(62), Duration.ofDays(400), Duration.ofDays(3660));

  public UsageKept {
    if (intervals.toDays() < 7
        || hours.compareTo(intervals) < 0
        || days.compareTo(hours) < 0
        || days.toDays() > 36_600) {
      throw new IllegalArgumentException(
          "usage: intervals are kept for a week or longer, hours at least as long as these, days at"
              + " least as long as hours");
    }
  }
}
