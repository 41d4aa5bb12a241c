package dev.argosy.console.layout;

import com.vaadin.flow.component.datepicker.DatePicker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for the last day of something; it ends with the day (UTC). */
public final class EndField extends DatePicker {

  private static final long serialVersionUID = 1L;

  private final transient Clock clock;

  public EndField(String label, Clock clock) {
    super(label);
    this.clock = clock;
    setLocale(Locale.UK); // 31/01/2026, beginning with Monday
    setMin(today());
    setClearButtonVisible(true);
    setI18n(new DatePickerI18n().setDateFormat("d MMM yyyy"));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Proposes a day. */
  public void propose(Duration fromNow) {
    setValue(today().plusDays(fromNow.toDays()));
  }

  /** Shows an end that was set before, by whatever means. */
  public void showEnd(@Nullable Instant end) {
    if (end != null) {
      setValue(LocalDate.ofInstant(end.minusMillis(1), ZoneOffset.UTC));
    }
  }

  /** Whether it is empty or a day to come; marks the field if it is not. */
  public boolean check() {
    boolean right = !isInvalid() && (isEmpty() || !getValue().isBefore(today()));
    setErrorMessage("A day from today on");
    setInvalid(!right);
    return right;
  }

  /** The end of the day; empty if none is chosen. */
  public Optional<Instant> end() {
    return getOptionalValue().map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
