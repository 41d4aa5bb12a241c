package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ProbeView;

/** How many equal answers came in a row. */
record Run(boolean well, int length) {

  static final Run NONE = new Run(false, 0);

  Run and(boolean now) {
    return now == well ? new Run(now, length + 1) : new Run(now, 1);
  }

  /** Whether there are enough of them for the probe to say so. */
  boolean decides(ProbeView probe) {
    return length >= (well ? probe.successThreshold() : probe.failureThreshold());
  }
}
