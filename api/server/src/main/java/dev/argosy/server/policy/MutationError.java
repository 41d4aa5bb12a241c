package dev.argosy.server.policy;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import java.util.List;

/** What a client is told of a mutating policy that could not do its work. */
final class MutationError {

  private MutationError() {}

  /**
   * @param binding empty if the policy itself is wrong
   */
  static Status status(String policy, String binding, AdmissionRequest request, String message) {
    String with = binding.isEmpty() ? "" : " with binding '" + binding + "'";
    String text = "policy '" + policy + "'" + with + " denied request: " + message;
    return Status.about(
            Reason.FORBIDDEN, request.target().type().groupResource(), Denial.name(request), text)
        .withCauses(List.of(new Cause("", text, "")));
  }
}
