package dev.argosy.agent.runtime.cri.remote;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How a process did, out of the {@code Status} at the end of a conversation.
 *
 * @param message why it could not be started; empty if it was
 */
record Verdict(int exitCode, String message) {

  private static final int NOT_STARTED = 126;
  private static final int NOT_FOUND = 127;

  static Verdict of(String status) {
    if (status.isEmpty()) {
      return new Verdict(NOT_STARTED, "");
    }
    JsonNode tree;
    try {
      tree = Json.parse(status.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException | ClassCastException notJson) {
      return new Verdict(NOT_STARTED, status.strip());
    }
    if (tree.path("status").asString("").equals("Success")) {
      return new Verdict(0, "");
    }
    for (JsonNode cause : tree.path("details").path("causes")) {
      String code = cause.path("message").asString("");
      if (cause.path("reason").asString("").equals("ExitCode") && code.matches("[0-9]{1,9}")) {
        return new Verdict(Integer.parseInt(code), "");
      }
    }
    String message = tree.path("message").asString("").strip();
    boolean absent =
        message.contains("executable file not found")
            || message.contains("no such file or directory");
    return new Verdict(absent ? NOT_FOUND : NOT_STARTED, message);
  }
}
