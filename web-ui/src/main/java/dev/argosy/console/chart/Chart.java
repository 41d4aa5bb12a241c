package dev.argosy.console.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Amounts over time, as bars.
 *
 * @param unit of all values
 * @param stacked whether the values of a bar are parts of a whole; otherwise they stand before each
 *     other
 */
public record Chart(String unit, boolean stacked, List<Series> series, List<Bar> bars) {

  /**
   * Values of one meaning.
   *
   * @param style a class that gives it its colour
   */
  public record Series(String name, String style) {}

  /**
   * A part of the time.
   *
   * @param values one for each series, not negative
   */
  public record Bar(String label, List<BigDecimal> values) {
    public Bar {
      values = values.stream().map(value -> value.max(BigDecimal.ZERO)).toList();
    }

    private BigDecimal top(boolean stacked) {
      return stacked
          ? values.stream().reduce(BigDecimal.ZERO, BigDecimal::add)
          : values.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    }
  }

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 100;
  private static final double GAP = 0.15;
  private static final List<BigDecimal> STEPS =
      List.of(
          BigDecimal.ONE,
          BigDecimal.TWO,
          new BigDecimal("2.5"),
          new BigDecimal("5"),
          BigDecimal.TEN);

  public Chart {
    series = List.copyOf(series);
    bars = List.copyOf(bars);
  }

  /** Where the axis ends: a round number that no bar exceeds; 1 if all are empty. */
  BigDecimal top() {
    BigDecimal most =
        bars.stream().map(bar -> bar.top(stacked)).reduce(BigDecimal.ZERO, BigDecimal::max);
    if (most.signum() == 0) {
      return BigDecimal.ONE;
    }
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(most.precision() - most.scale() - 1);
    return STEPS.stream()
        .map(power::multiply)
        .filter(step -> step.compareTo(most) >= 0)
        .findFirst()
        .orElseThrow();
  }

  /** The bars as SVG that may be stretched; it holds no text but the bars' titles. */
  String svg(String name) {
    StringBuilder svg =
        new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 100\""
                    + " preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
            .append(escaped(name))
            .append("\">");
    for (int quarter = 0; quarter <= 4; quarter++) {
      int y = HEIGHT * quarter / 4;
      svg.append("<line class=\"rule\" x1=\"0\" x2=\"1000\" y1=\"%d\" y2=\"%d\"/>".formatted(y, y));
    }
    BigDecimal top = top();
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, i, bars.get(i), top);
    }
    return svg.append("</svg>").toString();
  }

  private void bar(StringBuilder svg, int place, Bar bar, BigDecimal top) {
    double slot = (double) WIDTH / bars.size();
    double below = 0;
    svg.append("<g><title>").append(escaped(title(bar))).append("</title>");
    rect(svg, "slot", place * slot, slot, 0, HEIGHT);
    for (int i = 0; i < series.size(); i++) {
      double height = bar.values().get(i).divide(top, MathContext.DECIMAL32).doubleValue() * HEIGHT;
      // what stands before something else is narrower
      double gap = GAP * slot * (stacked ? 1 : 1 + i);
      rect(
          svg,
          series.get(i).style(),
          place * slot + gap,
          slot - 2 * gap,
          HEIGHT - below - height,
          height);
      below += stacked ? height : 0;
    }
    svg.append("</g>");
  }

  private static void rect(
      StringBuilder svg, String style, double x, double width, double y, double height) {
    if (height > 0) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
              style,
              x,
              y,
              width,
              height));
    }
  }

  /** {@code 3 Nov: Allocated 12.00, Used 3.50 core-hours}. */
  String title(Bar bar) {
    StringBuilder title = new StringBuilder(bar.label()).append(": ");
    for (int i = 0; i < series.size(); i++) {
      title.append(i == 0 ? "" : ", ").append(series.get(i).name()).append(' ');
      title.append(Figures.of(bar.values().get(i)));
    }
    return title.append(' ').append(unit).toString();
  }

  /** What the axis says at so many quarters of its height. */
  String axis(int quarters) {
    BigDecimal at = top().multiply(BigDecimal.valueOf(quarters)).divide(BigDecimal.valueOf(4));
    return at.setScale(Math.min(at.scale(), 4), RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
