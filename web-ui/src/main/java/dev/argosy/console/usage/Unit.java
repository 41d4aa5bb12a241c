package dev.argosy.console.usage;

import java.math.BigDecimal;
import java.math.MathContext;

/** What people read amounts in, where the API counts by seconds and bytes. */
enum Unit {
  CORE_HOURS("core-hours", 3600),
  GIB_HOURS("GiB-hours", 3600L << 30),
  GIB("GiB", 1L << 30),
  HOURS("hours", 3600);

  private final String text;
  private final BigDecimal size;

  Unit(String text, long size) {
    this.text = text;
    this.size = BigDecimal.valueOf(size);
  }

  /** For the unit of a report's item. */
  static Unit of(String unit) {
    return switch (unit) {
      case "core-seconds" -> CORE_HOURS;
      case "byte-seconds" -> GIB_HOURS;
      case "bytes" -> GIB;
      default -> HOURS;
    };
  }

  BigDecimal convert(BigDecimal amount) {
    return amount.divide(size, MathContext.DECIMAL64);
  }

  /** With what is counted, where that is not clear from the unit. */
  String textFor(String resource) {
    if (this != HOURS) {
      return text;
    }
    if (resource.equals("pods")) {
      return "pod-hours";
    }
    return resource.contains("gpu") ? "GPU-hours" : text;
  }
}
