package dev.argosy.model.metric;

import java.util.List;
import java.util.function.Supplier;

/** Forgets everything at once. */
enum NoMetrics implements Metrics {
  INSTANCE;

  private static final Counter COUNTER = more -> {};
  private static final Histogram HISTOGRAM = value -> {};
  private static final Gauge GAUGE =
      new Gauge() {
        @Override
        public void set(double value) {}

        @Override
        public void add(double more) {}
      };

  @Override
  public Family<Counter> counter(String name, String help, String... labels) {
    return values -> COUNTER;
  }

  @Override
  public Family<Gauge> gauge(String name, String help, String... labels) {
    return values -> GAUGE;
  }

  @Override
  public void gauge(
      String name, String help, List<String> labels, Supplier<List<Reading>> readings) {}

  @Override
  public Family<Histogram> histogram(String name, String help, double[] bounds, String... labels) {
    return values -> HISTOGRAM;
  }
}
