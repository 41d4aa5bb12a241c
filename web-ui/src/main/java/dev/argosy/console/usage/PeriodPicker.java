package dev.argosy.console.usage;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.argosy.console.usage.Period.Choice;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Consumer;

/** Asks which time is to be looked at; tells whenever that is another one. */
final class PeriodPicker extends Div {

  private static final long serialVersionUID = 1L;

  private final Select<Choice> choice = new Select<>();
  private final DatePicker first = picker("From (UTC)");
  private final DatePicker last = picker("To (UTC)");
  private final transient Clock clock;
  private final transient Consumer<Period> chosen;

  PeriodPicker(Clock clock, Consumer<Period> chosen) {
    this.clock = clock;
    this.chosen = chosen;
    addClassName("search");
    choice.setLabel("Time");
    choice.setItems(Choice.values());
    choice.setItemLabelGenerator(Choice::text);
    choice.setValue(Choice.THIS_MONTH);
    first.setValue(today().withDayOfMonth(1));
    last.setValue(today());
    choice.addValueChangeListener(event -> tell());
    first.addValueChangeListener(event -> tell());
    last.addValueChangeListener(event -> tell());
    showDays();
    add(choice, first, last);
  }

  private static DatePicker picker(String label) {
    DatePicker picker = new DatePicker(label);
    picker.setLocale(Locale.UK); // beginning with Monday
    picker.setI18n(
        new DatePicker.DatePickerI18n()
            .setDateFormat("d MMM yyyy")
            .setRequiredErrorMessage("A day up to today"));
    picker.setErrorMessage("A day up to today, and in this order");
    return picker;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private boolean custom() {
    return choice.getValue() == Choice.CUSTOM;
  }

  private void showDays() {
    first.setVisible(custom());
    last.setVisible(custom());
  }

  /** Tells of the time that is chosen; marks the days if they are none. */
  void tell() {
    showDays();
    if (!custom()) {
      chosen.accept(Period.of(choice.getValue(), clock.instant()));
      return;
    }
    boolean right =
        first.getValue() != null
            && last.getValue() != null
            && !first.getValue().isAfter(last.getValue())
            && !last.getValue().isAfter(today());
    first.setInvalid(!right);
    last.setInvalid(!right);
    if (right) {
      chosen.accept(Period.days(first.getValue(), last.getValue(), clock.instant()));
    }
  }
}
