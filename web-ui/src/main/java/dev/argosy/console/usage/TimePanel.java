package dev.argosy.console.usage;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import dev.argosy.console.chart.ChartPanel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage over time: cost or a resource, as the user chooses. */
final class TimePanel extends Div {

  private static final long serialVersionUID = 1L;

  private final Select<String> choice = new Select<>();
  private final ChartPanel chart = new ChartPanel();
  private transient @Nullable UsageReport report;
  private transient @Nullable Period period;

  TimePanel() {
    addClassName("parts");
    choice.setAriaLabel("What the chart shows");
    choice.setItemLabelGenerator(Charts::nameOf);
    choice.addValueChangeListener(event -> draw());
    Div head = new Div(new H2("Over time"), choice);
    head.addClassName("section-head");
    add(head, chart);
  }

  /** Shows another report; what was chosen stays if it is there. */
  void show(UsageReport other, Period of) {
    report = other;
    period = of;
    String before = choice.getValue();
    List<String> choices = Charts.choices(other);
    setVisible(!choices.isEmpty());
    choice.setItems(choices);
    if (!choices.isEmpty()) {
      choice.setValue(before != null && choices.contains(before) ? before : choices.getFirst());
    }
  }

  private void draw() {
    String chosen = choice.getValue();
    if (chosen != null && report != null && period != null) {
      chart.show(Charts.nameOf(chosen) + ", " + period.text(), Charts.of(report, period, chosen));
    }
  }
}
