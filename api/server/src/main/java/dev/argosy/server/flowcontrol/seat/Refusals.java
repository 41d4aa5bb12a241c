package dev.argosy.server.flowcontrol.seat;

/**
 * How long those who are refused at a level shall stay away. It doubles while more than three a
 * second are refused and goes back second by second when fewer than one is, so that many clients
 * that ask in vain do not take the time of those who are served. Kubernetes does so too, within the
 * same bounds. Beyond that, a flood that begins at once is told to come back over all of the
 * seconds that it may be told, since a burst would come back as one. Guarded by the pool's lock.
 */
final class Refusals {

  /** Seconds; what Kubernetes' clients may be told at most. */
  static final int LONGEST = 32;

  private static final int MANY_PER_SECOND = 3;

  /** So many may come back in one second without others being told a later one. */
  private static final int FEW = 25;

  private static final long NANOS = 1_000_000_000;

  private final int[] counts = new int[LONGEST];

  /** By second, from the present one on: who was told to come back then. */
  private final int[] coming = new int[LONGEST + 1];

  private long second;
  private long raised;
  private int wait = 1;

  /** Begins with the shortest wait. */
  Refusals(long nanos) {
    second = second(nanos);
    raised = second - 1;
  }

  /**
   * One more was refused.
   *
   * @param nanos the time, which only goes forward
   * @return how many seconds it shall stay away
   */
  int next(long nanos) {
    long now = second(nanos);
    if (now > second) {
      adjust(now);
      forget(now);
      second = now;
    }
    counts[slot(now)]++;
    int told = free(now);
    coming[place(now + told)]++;
    return told;
  }

  /** In how many seconds few come back, or fewest. */
  private int free(long now) {
    int best = wait;
    for (int later = wait; later <= LONGEST; later++) {
      int others = coming[place(now + later)];
      if (others < FEW) {
        return later;
      }
      best = others < coming[place(now + best)] ? later : best;
    }
    return best;
  }

  private void adjust(long now) {
    int before = sum(now);
    if (before >= MANY_PER_SECOND * wait && now - raised >= wait) {
      wait = Math.min(LONGEST, 2 * wait);
      raised = now;
    } else if (before < wait) {
      wait = (int) Math.max(1, wait - (now - second));
    }
  }

  /** Of the last seconds, as many as one has to wait, without this one. */
  private int sum(long now) {
    int sum = 0;
    for (long past = Math.max(now - wait, second - LONGEST + 1); past <= second; past++) {
      sum += counts[slot(past)];
    }
    return sum;
  }

  private void forget(long now) {
    for (long past = Math.max(second + 1, now - LONGEST + 1); past <= now; past++) {
      counts[slot(past)] = 0;
    }
    for (long past = Math.max(second + 1, now - LONGEST); past <= now; past++) {
      coming[place(past)] = 0;
    }
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, LONGEST);
  }

  private static int place(long second) {
    return (int) Math.floorMod(second, LONGEST + 1L);
  }

  private static long second(long nanos) {
    return Math.floorDiv(nanos, NANOS);
  }
}
