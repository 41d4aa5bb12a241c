package dev.argosy.bench;

import java.util.Locale;

/**
 * One measured number.
 *
 * @param budget what the design allows, or empty
 */
public record Result(String what, double value, String unit, String budget) {

  /** A row of a Markdown table. */
  String row() {
    return String.format(Locale.ROOT, "| %s | %,.2f %s | %s |", what, value, unit, budget);
  }
}
