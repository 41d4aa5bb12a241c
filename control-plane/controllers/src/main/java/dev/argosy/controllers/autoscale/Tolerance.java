package dev.argosy.controllers.autoscale;

/** How far a metric may be from its target without any change, as a part of it. */
record Tolerance(double down, double up) {

  /**
   * Whether nothing is to be done.
   *
   * @param ratio of what is measured to what shall be
   */
  boolean covers(double ratio) {
    return 1 - down <= ratio && ratio <= 1 + up;
  }
}
