package dev.argosy.server.stream;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The choice of what is spoken on a SPDY connection ({@code X-Stream-Protocol-Version}). */
final class SpdyUpgrade {

  static final String PROTOCOL = "SPDY/3.1";

  private static final String VERSION = "X-Stream-Protocol-Version";

  private SpdyUpgrade() {}

  /** The first of ours that the client offers; sets the response's header. */
  static String choose(
      HttpServletRequest request, HttpServletResponse response, List<String> ours) {
    List<String> offered = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(VERSION))) {
      for (String version : line.split(",")) {
        offered.add(version.strip());
      }
    }
    String chosen =
        ours.stream()
            .filter(offered::contains)
            .findFirst()
            .orElseThrow(() -> new StatusException(unable(offered, ours)));
    response.setHeader(VERSION, chosen);
    return chosen;
  }

  private static Status unable(List<String> offered, List<String> ours) {
    return Status.of(
        Reason.FORBIDDEN,
        "unable to negotiate protocol: client supports " + offered + ", server accepts " + ours);
  }
}
