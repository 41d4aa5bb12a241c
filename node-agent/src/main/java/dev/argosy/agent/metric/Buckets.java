package dev.argosy.agent.metric;

import dev.argosy.model.metric.Metrics;
import java.util.ArrayList;
import java.util.List;

/** How values of one series are distributed. */
final class Buckets implements Metrics.Histogram, AgentMetrics.Cell {

  private final double[] bounds;
  private final long[] counts;
  private double sum;
  private long all;

  /**
   * @param bounds ascending
   */
  Buckets(double[] bounds) {
    this.bounds = bounds.clone();
    this.counts = new long[bounds.length];
  }

  @Override
  public synchronized void observe(double value) {
    for (int i = 0; i < bounds.length; i++) {
      if (value <= bounds[i]) {
        counts[i]++;
        break;
      }
    }
    sum += value;
    all++;
  }

  @Override
  public synchronized void write(
      String name, List<String> labels, List<String> values, MetricText text) {
    List<String> names = new ArrayList<>(labels);
    names.add("le");
    long below = 0;
    for (int i = 0; i < bounds.length; i++) {
      below += counts[i];
      text.sample(name + "_bucket", names, with(values, MetricText.number(bounds[i])), below);
    }
    text.sample(name + "_bucket", names, with(values, "+Inf"), all);
    text.sample(name + "_sum", labels, values, sum);
    text.sample(name + "_count", labels, values, all);
  }

  private static List<String> with(List<String> values, String bound) {
    List<String> all = new ArrayList<>(values);
    all.add(bound);
    return all;
  }
}
