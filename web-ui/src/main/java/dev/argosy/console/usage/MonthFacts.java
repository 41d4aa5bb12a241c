package dev.argosy.console.usage;

import com.vaadin.flow.component.Component;
import dev.argosy.console.chart.Figures;
import dev.argosy.console.layout.Facts;
import dev.argosy.console.layout.Health;
import dev.argosy.console.live.Moment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What this month costs so far, and will have cost at this pace, in words. */
final class MonthFacts {

  private MonthFacts() {}

  static Component[] of(Pace pace, String currency) {
    return new Component[] {
      Facts.fact("This month so far", Figures.money(currency, pace.spent())),
      Facts.fact("At the month's end, at this pace", atEnd(pace, currency)),
      Facts.fact("Pace since", pace.since().map(Moment::of).orElse(""))
    };
  }

  static String atEnd(Pace pace, String currency) {
    return pace.atMonthsEnd()
        .map(amount -> Figures.money(currency, amount))
        .orElse("too early to say");
  }

  /** What that means for a budget. */
  static List<Component> of(Pace pace, String currency, BigDecimal budget) {
    List<Component> facts = new ArrayList<>();
    facts.add(Facts.fact("At the month's end, at this pace", atEnd(pace, currency)));
    if (budget.compareTo(pace.spent()) > 0) {
      pace.reaches(budget)
          .ifPresent(when -> facts.add(Health.WARNING.badge("All is spent on " + Moment.of(when))));
    }
    return facts;
  }
}
