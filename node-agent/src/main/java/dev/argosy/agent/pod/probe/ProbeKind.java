package dev.argosy.agent.pod.probe;

import java.util.Locale;

/** What a probe is for. */
enum ProbeKind {
  STARTUP,
  LIVENESS,
  READINESS;

  /** As it stands before {@code Probe} in a specification. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As events begin. */
  String title() {
    return name().charAt(0) + field().substring(1);
  }
}
