package dev.argosy.server.stream;

import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.StreamRequest;
import jakarta.servlet.http.HttpServletRequest;

/** Reads the query of {@code exec} or {@code attach}. */
sealed interface CommandQuery permits ExecQuery, AttachQuery {

  StreamRequest read(PodView pod, HttpServletRequest request);

  /** Which streams are wanted; at least one. */
  static StdStreams streams(HttpServletRequest request) {
    boolean tty = flag(request, "tty");
    StdStreams streams =
        new StdStreams(
            flag(request, "stdin"), flag(request, "stdout"), !tty && flag(request, "stderr"), tty);
    if (!streams.stdin() && !streams.stdout() && !streams.stderr()) {
      throw new StatusException(
          Status.badRequest("you must specify at least 1 of stdin, stdout, stderr"));
    }
    return streams;
  }

  static String container(PodView pod, HttpServletRequest request) {
    String named = request.getParameter("container");
    return pod.container(named == null ? "" : named);
  }

  private static boolean flag(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
  }
}
