package dev.argosy.agent.streaming;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a process did, as clients read it from the error channel. */
final class Outcome {

  private Outcome() {}

  static byte[] ofExit(int code) {
    ObjectNode status = Json.object();
    status.putObject("metadata");
    if (code == 0) {
      status.put("status", "Success");
      return Json.mapper().writeValueAsBytes(status);
    }
    status.put("status", "Failure");
    status.put("message", "command terminated with non-zero exit code: exit status " + code);
    status.put("reason", "NonZeroExitCode");
    ObjectNode cause = status.putObject("details").putArray("causes").addObject();
    cause.put("reason", "ExitCode").put("message", Integer.toString(code));
    return Json.mapper().writeValueAsBytes(status);
  }

  static byte[] ofFailure(String why) {
    Status status =
        Status.of(Reason.INTERNAL_ERROR, "Internal error occurred: " + why)
            .withCauses(List.of(new Cause("", why, "")));
    return Json.mapper().writeValueAsBytes(status.toJson());
  }
}
