package dev.argosy.model.metric;

import java.util.List;
import java.util.function.Supplier;

/**
 * Makes measurements known under a name. A name that is known already gives what it gave before, so
 * that parts can share it; another type or other labels under a known name are an error.
 *
 * <p>Names are Kubernetes' where it measures the same ({@code workqueue_depth}), else begin with
 * {@code argosy_}; times are in seconds, sizes in bytes. Never make a label of what tenants choose
 * freely, unless the number of its values is bounded.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes'
 *     metrics</a>
 */
public interface Metrics {

  /**
   * What only grows.
   *
   * @param name ends in {@code _total}
   */
  Family<Counter> counter(String name, String help, String... labels);

  /** What goes up and down, told when it changes. */
  Family<Gauge> gauge(String name, String help, String... labels);

  /**
   * What goes up and down, asked for when somebody reads; the first such supplier of a name stays.
   */
  void gauge(String name, String help, List<String> labels, Supplier<List<Reading>> readings);

  /**
   * How values are distributed.
   *
   * @param bounds upper bounds of the buckets, ascending, without infinity
   */
  Family<Histogram> histogram(String name, String help, double[] bounds, String... labels);

  /**
   * One measurement for each combination of label values.
   *
   * @param <T> what is measured
   */
  interface Family<T> {
    /**
     * The one with these values, in the order of the labels. Keep it where it is used often: this
     * looks it up.
     */
    T with(String... values);
  }

  /** Counts. */
  interface Counter {
    /** Adds; never negative. */
    void add(long more);

    default void increment() {
      add(1);
    }
  }

  /** Tells a level. */
  interface Gauge {
    void set(double value);

    void add(double more);
  }

  /** Collects values. */
  interface Histogram {
    void observe(double value);
  }

  /**
   * A value when it is asked for.
   *
   * @param labels values in the order of the labels
   */
  record Reading(double value, List<String> labels) {
    public Reading {
      labels = List.copyOf(labels);
    }
  }

  /** Measures nothing. */
  static Metrics none() {
    return NoMetrics.INSTANCE;
  }
}
