package dev.argosy.server.admission;

import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;

/** The 403 of a step, in the words that all steps share. */
final class Refusal {

  private Refusal() {}

  /**
   * The refusal of a request.
   *
   * @param why ends the sentence that names the object
   */
  static StatusException of(AdmissionRequest request, String why) {
    AdmissionRequest.Target target = request.target();
    return Status.forbidden(target.type().groupResource(), target.name(), why).asException();
  }
}
