package dev.argosy.server.metrics;

import dev.argosy.model.metric.Metrics;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The measurements of one process, kept by Prometheus' library. */
public final class PrometheusMetrics implements Metrics {

  private static final ExpositionFormatWriter TEXT = PrometheusTextFormatWriter.create();
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String type, List<String> labels, Family<?> family) {}

  /** A page of measurements. */
  record Page(String contentType, byte[] body) {}

  /** Adds what is known of the process and its virtual machine. */
  public PrometheusMetrics withProcess() {
    JvmMetrics.builder().register(registry);
    return this;
  }

  @Override
  public Family<Counter> counter(String name, String help, String... labels) {
    return family(
        "counter",
        name,
        labels,
        () -> {
          var counter =
              io.prometheus.metrics.core.metrics.Counter.builder()
                  .withoutExemplars()
                  .name(name)
                  .help(help)
                  .labelNames(labels)
                  .register(registry);
          return new BoundedFamily<>(labels.length, values -> counter.labelValues(values)::inc);
        });
  }

  @Override
  public Family<Gauge> gauge(String name, String help, String... labels) {
    return family(
        "gauge",
        name,
        labels,
        () -> {
          var gauge =
              io.prometheus.metrics.core.metrics.Gauge.builder()
                  .name(name)
                  .help(help)
                  .labelNames(labels)
                  .register(registry);
          return new BoundedFamily<>(
              labels.length, values -> new PrometheusGauge(gauge.labelValues(values)));
        });
  }

  @Override
  public void gauge(
      String name, String help, List<String> labels, Supplier<List<Reading>> readings) {
    family(
        "reading",
        name,
        labels.toArray(String[]::new),
        () -> {
          GaugeWithCallback.builder()
              .name(name)
              .help(help)
              .labelNames(labels.toArray(String[]::new))
              .callback(seen ->
                  readings
                      .get()
                      .forEach(r -> seen.call(r.value(), r.labels().toArray(String[]::new))))
              .register(registry);
          return values -> readings;
        });
  }

  @Override
  public Family<Histogram> histogram(String name, String help, double[] bounds, String... labels) {
    return family(
        "histogram",
        name,
        labels,
        () -> {
          var histogram =
              io.prometheus.metrics.core.metrics.Histogram.builder()
                  .name(name)
                  .help(help)
                  .classicOnly()
                  .withoutExemplars() // there are no traces to name; looking for one costs each
                  // call
                  .classicUpperBounds(bounds)
                  .labelNames(labels)
                  .register(registry);
          return new BoundedFamily<>(
              labels.length, values -> histogram.labelValues(values)::observe);
        });
  }

  @SuppressWarnings("unchecked") // the type is part of what is compared
  private <T> Family<T> family(
      String type, String name, String[] labels, Supplier<Family<T>> maker) {
    Known found = known.computeIfAbsent(name, n -> new Known(type, List.of(labels), maker.get()));
    if (!found.type.equals(type) || !found.labels.equals(List.of(labels))) {
      throw new IllegalArgumentException(
          name + " is a " + found.type + " with the labels " + found.labels + " already");
    }
    return (Family<T>) found.family;
  }

  private record PrometheusGauge(io.prometheus.metrics.core.datapoints.GaugeDataPoint point)
      implements Gauge {
    @Override
    public void set(double value) {
      point.set(value);
    }

    @Override
    public void add(double more) {
      point.inc(more);
    }
  }

  /**
   * Everything that is measured now.
   *
   * @param more what is measured elsewhere
   * @param accept the request's header; OpenMetrics if that is asked for, else Prometheus' text
   */
  Page page(List<MetricSnapshot> more, @Nullable String accept) {
    MetricSnapshots.Builder everything = MetricSnapshots.builder();
    registry.scrape().forEach(everything::metricSnapshot);
    more.forEach(everything::metricSnapshot);
    return page(everything.build(), accept);
  }

  static Page page(MetricSnapshots measured, @Nullable String accept) {
    ExpositionFormatWriter writer = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : TEXT;
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
    try {
      writer.write(out, measured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page(writer.getContentType(), out.toByteArray());
  }
}
