package dev.argosy.console.chart;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.math.BigDecimal;
import java.util.List;

/** A chart with its axes and legend, and the same figures as a table for who does not see it. */
public final class ChartPanel extends Div {

  private static final long serialVersionUID = 1L;
  private static final int MOST_LABELS = 6;

  public ChartPanel() {
    addClassName("chart");
  }

  /** Shows this instead of what was shown. */
  public void show(String name, Chart chart) {
    removeAll();
    Div plot = new Div();
    plot.addClassName("plot");
    plot.getElement().setProperty("innerHTML", chart.svg(name));
    Div body = new Div(axis(chart), plot, new Div(), labels(chart.bars()));
    body.addClassName("chart-body");
    add(legend(chart), body, table(name, chart));
  }

  private static Div legend(Chart chart) {
    Div legend = new Div();
    legend.addClassName("legend");
    for (Chart.Series series : chart.series()) {
      Span colour = new Span();
      colour.addClassNames("swatch", series.style());
      legend.add(new Span(colour, new Span(series.name())));
    }
    legend.add(new Span("in " + chart.unit()));
    return legend;
  }

  private static Div axis(Chart chart) {
    Div axis = new Div();
    axis.addClassName("axis");
    axis.getElement().setAttribute("aria-hidden", "true");
    for (int quarters = 4; quarters >= 0; quarters--) {
      axis.add(new Span(chart.axis(quarters)));
    }
    return axis;
  }

  /** Some of the bars' labels, each below the beginning of its bar. */
  private static Div labels(List<Chart.Bar> bars) {
    Div labels = new Div();
    labels.addClassName("labels-of-time");
    labels.getElement().setAttribute("aria-hidden", "true");
    int every = Math.max(1, (bars.size() + MOST_LABELS - 1) / MOST_LABELS);
    for (int i = 0; i < bars.size(); i += every) {
      Span label = new Span(bars.get(i).label());
      label.getStyle().setFlexGrow(String.valueOf(Math.min(every, bars.size() - i)));
      labels.add(label);
    }
    return labels;
  }

  private static NativeDetails table(String name, Chart chart) {
    NativeTable table = new NativeTable();
    table.setCaptionText(name + ", " + chart.unit());
    NativeTableRow head = new NativeTableRow(new NativeTableHeaderCell("Time (UTC)"));
    chart.series().forEach(series -> head.add(new NativeTableHeaderCell(series.name())));
    table.getHead().add(head);
    for (Chart.Bar bar : chart.bars()) {
      NativeTableRow row = new NativeTableRow(new NativeTableHeaderCell(bar.label()));
      for (BigDecimal value : bar.values()) {
        row.add(new NativeTableCell(Figures.of(value)));
      }
      table.getBody().add(row);
    }
    Div scrolled = new Div(table);
    scrolled.addClassName("figures");
    scrolled.getElement().setAttribute("tabindex", "0");
    return new NativeDetails("The figures of the chart", scrolled);
  }
}
