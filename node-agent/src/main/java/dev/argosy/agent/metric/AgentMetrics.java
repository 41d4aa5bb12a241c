package dev.argosy.agent.metric;

import dev.argosy.model.metric.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The measurements of one agent. Small instead of Prometheus' library, which costs more memory than
 * all that is kept here.
 */
public final class AgentMetrics implements Metrics {

  /** Series of one family at most; further ones are forgotten. */
  private static final int MOST = 2_000;

  private final Map<String, Known> known = new ConcurrentSkipListMap<>();

  private record Known(
      String type, String help, List<String> labels, Family<?> family, Shown shown) {}

  /** Writes the samples of a family. */
  private interface Shown {
    void write(String name, List<String> labels, MetricText text);
  }

  @Override
  public Family<Counter> counter(String name, String help, String... labels) {
    Cells<Level> cells = new Cells<>(labels.length, Level::new);
    return family(new Known("counter", help, List.of(labels), cells.as(l -> l), cells), name);
  }

  @Override
  public Family<Gauge> gauge(String name, String help, String... labels) {
    Cells<Level> cells = new Cells<>(labels.length, Level::new);
    return family(new Known("gauge", help, List.of(labels), cells.as(l -> l), cells), name);
  }

  @Override
  public void gauge(
      String name, String help, List<String> labels, Supplier<List<Reading>> readings) {
    Shown shown =
        (of, names, text) ->
            readings.get().forEach(one -> text.sample(of, names, one.labels(), one.value()));
    Family<Supplier<List<Reading>>> none = values -> readings;
    family(new Known("gauge", help, List.copyOf(labels), none, shown), name);
  }

  @Override
  public Family<Histogram> histogram(String name, String help, double[] bounds, String... labels) {
    Cells<Buckets> cells = new Cells<>(labels.length, () -> new Buckets(bounds));
    return family(new Known("histogram", help, List.of(labels), cells.as(b -> b), cells), name);
  }

  @SuppressWarnings("unchecked") // the type is part of what is compared
  private <T> Family<T> family(Known wanted, String name) {
    Known found = known.computeIfAbsent(name, n -> wanted);
    if (!found.type.equals(wanted.type) || !found.labels.equals(wanted.labels)) {
      throw new IllegalArgumentException(
          name + " is a " + found.type + " with the labels " + found.labels + " already");
    }
    return (Family<T>) found.family;
  }

  /** Writes everything, in the order of names. */
  public void writeTo(MetricText text) {
    known.forEach((name, one) -> {
      text.family(name, one.type, one.help);
      one.shown.write(name, one.labels, text);
    });
  }

  /** What a cell shows. */
  interface Cell {
    void write(String name, List<String> labels, List<String> values, MetricText text);
  }

  /** One cell for each combination of label values. */
  private static final class Cells<T extends Cell> implements Shown {
    private final Map<List<String>, T> made = new ConcurrentHashMap<>();
    private final Supplier<T> maker;
    private final int labels;

    Cells(int labels, Supplier<T> maker) {
      this.labels = labels;
      this.maker = maker;
      if (labels == 0) {
        of(); // shown as 0 before anything happens
      }
    }

    <S> Family<S> as(Function<T, S> view) {
      return values -> view.apply(of(values));
    }

    private T of(String... values) {
      if (values.length != labels) {
        throw new IllegalArgumentException(values.length + " values for " + labels + " labels");
      }
      List<String> key = List.of(values);
      T found = made.get(key);
      return found != null
          ? found
          : made.size() < MOST ? made.computeIfAbsent(key, k -> maker.get()) : maker.get();
    }

    @Override
    public void write(String name, List<String> names, MetricText text) {
      made.forEach((values, cell) -> cell.write(name, names, values, text));
    }
  }

  /** A number. */
  private static final class Level implements Counter, Gauge, Cell {
    private double value;

    @Override
    public synchronized void add(long more) {
      value += more;
    }

    @Override
    public synchronized void set(double now) {
      value = now;
    }

    @Override
    public synchronized void add(double more) {
      value += more;
    }

    @Override
    public synchronized void write(
        String name, List<String> labels, List<String> values, MetricText text) {
      text.sample(name, labels, values, value);
    }
  }
}
