package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.Measured.Current;

/**
 * How many replicas there should be by one figure for all of them.
 *
 * @param wanted how many are wanted at the moment
 * @param present how many there are
 * @param ready how many of them are ready
 */
record InAll(int wanted, int present, int ready, Tolerance tolerance) {

  /** By an amount in all: as many more as it is too much. */
  Reading<Measured> total(String name, long used, long target) {
    double ratio = (double) used / target;
    if (wanted > 0 && ready == 0 && !tolerance.covers(ratio)) {
      return new Reading.Unknown<>("unable to calculate ready pods: no pod is ready");
    }
    int next =
        wanted == 0
            ? roundedUp(ratio)
            : tolerance.covers(ratio) ? wanted : roundedUp(ratio * ready);
    return new Reading.Found<>(new Measured(next, name, new Current.Total(used)));
  }

  /** By an amount for each pod. */
  Reading<Measured> average(String name, long used, long target) {
    double ratio = (double) used / ((double) target * present);
    int next = tolerance.covers(ratio) ? present : roundedUp((double) used / target);
    long each = present == 0 ? used : roundedUp((double) used / present);
    return new Reading.Found<>(new Measured(next, name, new Current.Average(each)));
  }

  private static int roundedUp(double count) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(count));
  }
}
