package dev.argosy.scheduler.rank;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Who of many has the best mark: a tree in which each inner place has the better mark of the two
 * below it. A change costs the logarithm of how many there are, and so does the answer. One thread.
 */
final class Tournament {

  /** The mark of somebody who does not take part. */
  static final int ABSENT = -1;

  private final int leaves;
  private final int[] best;

  /** How many below a place have its mark. */
  private final int[] equals;

  /**
   * @param count those from 0 to count - 1 may take part; nobody does yet
   */
  Tournament(int count) {
    this.leaves = Integer.highestOneBit(Math.max(1, count - 1)) * 2;
    this.best = new int[leaves * 2];
    this.equals = new int[leaves * 2];
    Arrays.fill(best, ABSENT);
    Arrays.fill(equals, leaves, equals.length, 1);
  }

  /** Sets a mark without looking at who is better: {@link #settle} comes after many of these. */
  void enter(int who, int mark) {
    best[leaves + who] = mark;
  }

  /** Compares all. */
  void settle() {
    for (int place = leaves - 1; place > 0; place--) {
      compare(place);
    }
  }

  /**
   * Sets a mark.
   *
   * @param mark not negative, or {@link #ABSENT}
   */
  void set(int who, int mark) {
    int place = leaves + who;
    if (best[place] == mark) {
      return;
    }
    best[place] = mark;
    boolean changed = true;
    for (place /= 2; place > 0 && changed; place /= 2) {
      changed = compare(place);
    }
  }

  /** Answers whether anything about the place has changed. */
  private boolean compare(int place) {
    int left = place * 2;
    int right = left + 1;
    int mark = Math.max(best[left], best[right]);
    int count = (best[left] == mark ? equals[left] : 0) + (best[right] == mark ? equals[right] : 0);
    if (best[place] == mark && equals[place] == count) {
      return false;
    }
    best[place] = mark;
    equals[place] = count;
    return true;
  }

  /**
   * One of those with the best mark, each as likely as any other; {@link #ABSENT} if nobody takes
   * part.
   */
  int winner(RandomGenerator ties) {
    if (best[1] == ABSENT) {
      return ABSENT;
    }
    int skip = equals[1] == 1 ? 0 : ties.nextInt(equals[1]);
    int place = 1;
    while (place < leaves) {
      int left = place * 2;
      int there = best[left] == best[place] ? equals[left] : 0;
      if (skip < there) {
        place = left;
      } else {
        skip -= there;
        place = left + 1;
      }
    }
    return place - leaves;
  }
}
