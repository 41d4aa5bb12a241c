package dev.argosy.server.fuzz;

import dev.argosy.model.object.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whether an answer is one that may be given. */
final class Verdict {

  /** Where the server needs somebody else, who may be missing. */
  private static final Pattern NEEDS_OTHERS =
      Pattern.compile("/(log|exec|attach|portforward|proxy)(\\?|/|$)");

  private Verdict() {}

  /** What is wrong with the answer to a request of well-formed HTTP. */
  static Optional<String> of(FuzzRequest request, RawConnection.Answer answer) {
    int code = answer.code();
    if (code < 400) {
      return Optional.empty();
    }
    boolean excused =
        code == 503 && NEEDS_OTHERS.matcher(request.target()).find()
            || code == 504 && request.target().contains("resourceVersion=999999999");
    if (code >= 500 && !excused) {
      return Optional.of("answered " + code + " " + FuzzRequest.shortened(answer.text(), 400));
    }
    return request.method().equals("HEAD") ? Optional.empty() : refusal(answer);
  }

  /** A refusal is a Status that tells the same code, with a reason and words. */
  private static Optional<String> refusal(RawConnection.Answer answer) {
    String type = answer.headers().getOrDefault("content-type", "");
    if (!type.startsWith("application/json")) {
      boolean other =
          type.startsWith("application/vnd.kubernetes.protobuf")
              || type.startsWith("application/yaml");
      return other
          ? Optional.empty()
          : Optional.of(answer.code() + " refused as " + type + ": " + answer.text());
    }
    try {
      JsonNode status = Json.mapper().readTree(answer.body());
      boolean whole =
          status.path("kind").asString("").equals("Status")
              && status.path("code").asInt(0) == answer.code()
              && !status.path("reason").asString("").isEmpty()
              && !status.path("message").asString("").isEmpty();
      return whole ? Optional.empty() : Optional.of("refused without a whole Status: " + status);
    } catch (JacksonException e) {
      return Optional.of(answer.code() + " refused without JSON: " + answer.text());
    }
  }
}
