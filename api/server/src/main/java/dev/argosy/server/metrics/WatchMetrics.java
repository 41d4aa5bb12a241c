package dev.argosy.server.metrics;

import dev.argosy.model.metric.Metrics;

/** Measures what watches send. */
public final class WatchMetrics {

  private static final double[] SIZES = {1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072};

  private final Metrics.Family<Metrics.Counter> events;
  private final Metrics.Family<Metrics.Histogram> sizes;

  /** Of one watch; looked up when it begins. */
  public record OfResource(Metrics.Counter events, Metrics.Histogram sizes) {

    /** An event was sent, with an object of this many bytes. */
    public void sent(int bytes) {
      events.increment();
      sizes.observe(bytes);
    }
  }

  public WatchMetrics(Metrics metrics) {
    events =
        metrics.counter(
            "apiserver_watch_events_total",
            "Events that watches were sent.",
            "group",
            "version",
            "resource");
    sizes =
        metrics.histogram(
            "apiserver_watch_events_sizes",
            "Bytes of the objects in events that watches were sent.",
            SIZES,
            "group",
            "version",
            "resource");
  }

  public OfResource of(String group, String version, String resource) {
    return new OfResource(
        events.with(group, version, resource), sizes.with(group, version, resource));
  }
}
