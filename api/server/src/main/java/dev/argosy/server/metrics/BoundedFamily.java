package dev.argosy.server.metrics;

import dev.argosy.model.metric.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes each measurement once. There are never more than {@value #MOST}; what would come later is
 * measured together, with {@code other} as the value of every label, because some label values (a
 * resource, a webhook's name) are the tenants' to choose.
 */
final class BoundedFamily<T> implements Metrics.Family<T> {

  static final int MOST = 4_000;
  private static final String OTHER = "other";

  private final Map<List<String>, T> made = new ConcurrentHashMap<>();
  private final Function<String[], T> maker;
  private final int labels;

  BoundedFamily(int labels, Function<String[], T> maker) {
    this.labels = labels;
    this.maker = maker;
    if (labels == 0) {
      with(); // shown as 0 before anything happens
    }
  }

  @Override
  public T with(String... values) {
    if (values.length != labels) {
      throw new IllegalArgumentException(values.length + " values for " + labels + " labels");
    }
    List<String> key = List.of(values);
    T found = made.get(key);
    if (found != null) {
      return found;
    }
    if (made.size() < MOST) {
      return made.computeIfAbsent(key, k -> maker.apply(values));
    }
    String[] others = new String[labels];
    Arrays.fill(others, OTHER);
    return made.computeIfAbsent(List.of(others), k -> maker.apply(others));
  }
}
