package dev.argosy.server.policy;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy's no.
 *
 * @param binding empty if the policy itself is wrong
 * @param reason as validations name it; empty for Invalid
 */
record Denial(String policy, String binding, String message, String reason) {

  /** An error, which is a no unless the policy lets errors pass. */
  static Optional<Denial> ofError(
      PolicyHead policy, Optional<PolicyBinding> binding, String message) {
    return policy.failOpen()
        ? Optional.empty()
        : Optional.of(
            new Denial(policy.name(), binding.map(PolicyBinding::name).orElse(""), message, ""));
  }

  Status status(AdmissionRequest request) {
    String with = binding.isEmpty() ? "" : " with binding '" + binding + "'";
    String why =
        "ValidatingAdmissionPolicy '" + policy + "'" + with + " denied request: " + message;
    Status forbidden =
        Status.forbidden(request.target().type().groupResource(), name(request), why);
    Reason as = asReason();
    return new Status(
        as,
        as.code(),
        forbidden.message(),
        forbidden.resource(),
        forbidden.name(),
        List.of(new Cause("", why, "")),
        0);
  }

  /** Of an object that still waits for its name, the beginning of the name. */
  static String name(AdmissionRequest request) {
    ObjectNode object = request.object();
    String name = request.target().name();
    return name.isEmpty() && object != null
        ? object.path("metadata").path("generateName").asString("")
        : name;
  }

  private Reason asReason() {
    return switch (reason) {
      case "Unauthorized" -> Reason.UNAUTHORIZED;
      case "Forbidden" -> Reason.FORBIDDEN;
      case "RequestEntityTooLarge" -> Reason.REQUEST_ENTITY_TOO_LARGE;
      default -> Reason.INVALID;
    };
  }
}
