package dev.argosy.console.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;

/** Figures as people read them, the same in every language: {@code 1,234.50}. */
public final class Figures {

  private static final BigDecimal LEAST = new BigDecimal("0.01");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Figures() {}

  /** With two decimals; what is there but smaller is told as such. */
  public static String of(BigDecimal amount) {
    if (amount.signum() > 0 && amount.compareTo(LEAST) < 0) {
      return "<0.01";
    }
    DecimalFormat form =
        new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
    form.setRoundingMode(RoundingMode.HALF_UP);
    String text = form.format(amount);
    return text.equals("-0.00") ? "0.00" : text;
  }

  /** A dash if nobody measured it. */
  public static String of(Optional<BigDecimal> amount) {
    return amount.map(Figures::of).orElse("–");
  }

  /** {@code EUR 1,234.50}. */
  public static String money(String currency, BigDecimal amount) {
    return currency + " " + of(amount);
  }

  /** {@code 42 %}; a dash where there is no whole. */
  public static String share(BigDecimal part, BigDecimal whole) {
    if (whole.signum() <= 0) {
      return "–";
    }
    return part.multiply(HUNDRED)
            .divide(whole, MathContext.DECIMAL64)
            .setScale(0, RoundingMode.HALF_UP)
            .toPlainString()
        + " %";
  }
}
