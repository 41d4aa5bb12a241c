package dev.argosy.server.stream;

import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.StreamRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** {@code pods/exec}. */
final class ExecQuery implements CommandQuery {

  @Override
  public StreamRequest read(PodView pod, HttpServletRequest request) {
    String[] command = request.getParameterValues("command");
    if (command == null || command[0].isEmpty()) {
      throw new StatusException(Status.badRequest("you must specify a command to run"));
    }
    return new StreamRequest.Exec(
        pod.ref(),
        CommandQuery.container(pod, request),
        List.of(command),
        CommandQuery.streams(request));
  }
}
