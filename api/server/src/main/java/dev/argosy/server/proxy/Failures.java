package dev.argosy.server.proxy;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;

/** Failures between here and the backend, in the words that clients know. */
final class Failures {

  private Failures() {}

  /** There was no answer to a request. */
  static Status unreachable(String why) {
    return Status.of(Reason.SERVICE_UNAVAILABLE, "error trying to reach service: " + why);
  }

  /** There was no connection for an upgrade. */
  static Status undialled(String why) {
    return Status.of(Reason.UNKNOWN, "error dialing backend: " + why);
  }

  /** The backend neither upgraded nor refused. */
  static Status notUpgraded(int code) {
    return Status.of(Reason.UNKNOWN, "invalid upgrade response: status code " + code);
  }
}
