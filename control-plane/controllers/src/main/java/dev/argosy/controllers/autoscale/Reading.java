package dev.argosy.controllers.autoscale;

/**
 * What a metrics API answered.
 *
 * @param <T> how it is seen
 */
sealed interface Reading<T> {

  /** It is known. */
  record Found<T>(T value) implements Reading<T> {}

  /** It is not known; why. */
  record Unknown<T>(String why) implements Reading<T> {}
}
