package dev.argosy.server.admission.podsecurity;

import java.util.Locale;
import java.util.Optional;

/** How much a namespace lets its pods do; each level forbids all that the one before does. */
enum Level {
  PRIVILEGED,
  BASELINE,
  RESTRICTED;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Level> of(String text) {
    return switch (text) {
      case "privileged" -> Optional.of(PRIVILEGED);
      case "baseline" -> Optional.of(BASELINE);
      case "restricted" -> Optional.of(RESTRICTED);
      default -> Optional.empty();
    };
  }
}
