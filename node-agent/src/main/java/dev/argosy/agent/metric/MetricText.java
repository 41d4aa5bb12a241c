package dev.argosy.agent.metric;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of measurements, while it is written: a family, then its samples.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class MetricText {

  private static final double WHOLE = 1e15;

  private final StringBuilder text = new StringBuilder(16 * 1024);

  /**
   * Begins a family; all of its samples follow.
   *
   * @param type {@code counter}, {@code gauge} or {@code histogram}
   */
  public MetricText family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help.replace("\n", " ")).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /** One value; label values stand in the order of the labels. */
  public MetricText sample(String name, List<String> labels, List<String> values, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{');
      for (int i = 0; i < labels.size(); i++) {
        text.append(i == 0 ? "" : ",").append(labels.get(i)).append("=\"");
        escape(values.get(i));
        text.append('"');
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '"' -> text.append("\\\"");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < WHOLE
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** All that was written. */
  public byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
