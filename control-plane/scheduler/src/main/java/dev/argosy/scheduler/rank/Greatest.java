package dev.argosy.scheduler.rank;

import java.util.Arrays;

/** The greatest of many numbers that are not negative, and how many are as great. One thread. */
final class Greatest {

  /** Empty as long as all numbers are zero, as those of most scores are. */
  private int[] numbers = new int[0];

  private int most;
  private int count;

  /** Puts a number that was not there. */
  void first(int slot, int number) {
    if (number == 0) {
      return;
    }
    if (slot >= numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(slot + 1, numbers.length * 2));
    }
    numbers[slot] = number;
    if (number > most) {
      most = number;
      count = 0;
    }
    count += number == most ? 1 : 0;
  }

  /** Puts another number in place of one; answers whether the greatest is the same as before. */
  boolean replace(int slot, int number) {
    int before = slot < numbers.length ? numbers[slot] : 0;
    if (before == number) {
      return true;
    }
    if (number > most || (before == most && count == 1)) {
      return false;
    }
    count -= before == most ? 1 : 0;
    first(slot, number);
    if (number == 0) {
      numbers[slot] = 0;
    }
    return true;
  }

  int most() {
    return most;
  }
}
