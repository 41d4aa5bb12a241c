package dev.argosy.server.webhook;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the response half of an {@code AdmissionReview}. */
record AnswerReader(Hook hook, String uid, boolean mutating) {

  Answer read(JsonNode review) {
    JsonNode response = review.path("response");
    Optional<String> problem = problem(review, response);
    if (problem.isPresent()) {
      return new Answer.Unanswered("received invalid webhook response: " + problem.get());
    }
    List<String> warnings = new ArrayList<>();
    response.path("warnings").forEach(warning -> warnings.add(warning.asString("")));
    if (!response.path("allowed").asBoolean(false)) {
      return new Answer.Denied(warnings, denial(response.path("status")), notes(response));
    }
    String patch = mutating ? response.path("patch").asString("") : "";
    return patch.isEmpty()
        ? new Answer.Allowed(warnings, Json.mapper().createArrayNode(), notes(response))
        : patched(warnings, patch, notes(response));
  }

  private Optional<String> problem(JsonNode review, JsonNode response) {
    if (!response.isObject()) {
      return Optional.of("webhook response was absent");
    }
    if (hook.call().reviewVersion().equals("v1")) {
      Optional<String> header = headerProblem(review, response);
      if (header.isPresent()) {
        return header;
      }
    }
    JsonNode allowed = response.path("allowed");
    if (!allowed.isMissingNode() && !allowed.isBoolean()) {
      return Optional.of("response.allowed must be a bool");
    }
    return mutating ? patchProblem(response) : Optional.empty();
  }

  private Optional<String> headerProblem(JsonNode review, JsonNode response) {
    String said = response.path("uid").asString("");
    if (!said.equals(uid)) {
      return Optional.of("expected response.uid=\"" + uid + "\", got \"" + said + "\"");
    }
    String version = review.path("apiVersion").asString("");
    String kind = review.path("kind").asString("");
    if (!version.equals("admission.k8s.io/v1") || !kind.equals("AdmissionReview")) {
      return Optional.of(
          "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got "
              + version
              + ", Kind="
              + kind);
    }
    return Optional.empty();
  }

  private Optional<String> patchProblem(JsonNode response) {
    boolean patch = !response.path("patch").asString("").isEmpty();
    JsonNode type = response.path("patchType");
    boolean typed = !type.isMissingNode() && !type.isNull();
    boolean v1 = hook.call().reviewVersion().equals("v1");
    if (v1 && patch && !typed) {
      return Optional.of("webhook returned response.patch but not response.patchType");
    }
    if (v1 && typed && !patch) {
      return Optional.of("webhook returned response.patchType but not response.patch");
    }
    if (patch && typed && !type.asString("").equals("JSONPatch")) {
      return Optional.of(
          "webhook returned invalid response.patchType of \"" + type.asString("") + "\"");
    }
    return Optional.empty();
  }

  private static Map<String, String> notes(JsonNode response) {
    Map<String, String> notes = new LinkedHashMap<>();
    response
        .path("auditAnnotations")
        .properties()
        .forEach(entry -> notes.put(entry.getKey(), entry.getValue().asString("")));
    return notes;
  }

  private static Answer patched(List<String> warnings, String base64, Map<String, String> notes) {
    try {
      JsonNode patch = Json.mapper().readTree(Base64.getDecoder().decode(base64));
      return new Answer.Allowed(warnings, patch, notes);
    } catch (IllegalArgumentException e) {
      return new Answer.Unanswered(
          "failed to call webhook: the patch in the response is not in Base64");
    } catch (JacksonException e) {
      return new Answer.BadPatch(warnings, "the patch of the webhook is no JSON");
    }
  }

  private Status denial(JsonNode result) {
    String deniedBy = "admission webhook \"" + hook.name() + "\" denied the request";
    String message = result.path("message").asString("");
    String reason = result.path("reason").asString("");
    String why = message.isEmpty() ? reason : message;
    int code = result.path("code").asInt(0);
    JsonNode details = result.path("details");
    return new Status(
        Reason.of(reason),
        code >= 400 && code < 600 ? code : Reason.BAD_REQUEST.code(),
        why.isEmpty() ? deniedBy + " without explanation" : deniedBy + ": " + why,
        new GroupResource(details.path("group").asString(""), details.path("kind").asString("")),
        details.path("name").asString(""),
        causes(details.path("causes")),
        Math.max(0, details.path("retryAfterSeconds").asInt(0)));
  }

  private static List<Cause> causes(JsonNode list) {
    List<Cause> causes = new ArrayList<>();
    for (JsonNode cause : list) {
      causes.add(
          new Cause(
              cause.path("reason").asString(""),
              cause.path("message").asString(""),
              cause.path("field").asString("")));
    }
    return causes;
  }
}
