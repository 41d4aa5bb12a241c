package dev.argosy.console.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to look for in an audit trail.
 *
 * @param fields values by the names of the search's fields; empty ones do not matter
 */
record AuditQuestion(Map<String, String> fields, Optional<Instant> since, Optional<Instant> until) {

  /** What separates selectors and is no part of any name. */
  private static final String SPECIAL = "[,=\\\\]";

  AuditQuestion {
    fields = Map.copyOf(fields);
  }

  /** As a field selector of the API, in a stable order. */
  String selector() {
    List<String> parts = new ArrayList<>();
    fields.entrySet().stream()
        .filter(field -> !field.getValue().isBlank())
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> parts.add(field.getKey() + "=" + escape(field.getValue().strip())));
    since.ifPresent(from -> parts.add("since=" + from));
    until.ifPresent(to -> parts.add("until=" + to));
    return String.join(",", parts);
  }

  private static String escape(String value) {
    return value.replaceAll(SPECIAL, "\\\\$0");
  }
}
