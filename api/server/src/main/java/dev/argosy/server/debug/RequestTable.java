package dev.argosy.server.debug;

import dev.argosy.server.dispatch.InFlight.Running;
import java.util.List;

/** Requests as lines of text, the oldest first. */
final class RequestTable {

  private RequestTable() {}

  static String of(List<Running> running) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%12s  %-36s  %-16s %s%n", "AGE", "AUDIT-ID", "VERB", "WHAT"));
    for (Running request : running) {
      text.append(
          String.format(
              "%10d ms  %-36s  %-16s cluster %s: %s by %s%n",
              request.age().toMillis(),
              request.id(),
              request.verb(),
              request.cluster(),
              request.info().path(),
              request.user()));
    }
    return text.toString();
  }
}
