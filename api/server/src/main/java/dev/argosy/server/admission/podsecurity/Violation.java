package dev.argosy.server.admission.podsecurity;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a pod has against it.
 *
 * @param reason the rule in a word
 * @param detail who breaks it how; may be empty
 */
record Violation(String reason, String detail) {

  String text() {
    return detail.isEmpty() ? reason : reason + " (" + detail + ")";
  }

  static String details(List<Violation> all) {
    return all.stream().map(Violation::text).collect(Collectors.joining(", "));
  }

  static String reasons(List<Violation> all) {
    return all.stream().map(Violation::reason).collect(Collectors.joining(", "));
  }

  static String plural(String one, String many, int count) {
    return count == 1 ? one : many;
  }

  static String quoted(Collection<String> items) {
    return "\"" + String.join("\", \"", items) + "\"";
  }

  /** The containers, as the subject of a sentence. */
  static String containers(Collection<String> names) {
    return plural("container", "containers", names.size()) + " " + quoted(names);
  }
}
