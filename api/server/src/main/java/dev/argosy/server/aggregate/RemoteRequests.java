package dev.argosy.server.aggregate;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.aggregate.remote.RemoteRelay;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests for group versions of API servers: found, and led on. */
final class RemoteRequests implements RemotePaths {

  /** Discovery and OpenAPI of a group version. */
  private static final Pattern GROUP_VERSION =
      Pattern.compile("(?:/openapi/v3)?/apis/([^/]+)/([^/]+)/?");

  /** As Kubernetes has it for everything that is not meant to last. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  private final Registrations registrations;
  private final RemoteRelay relay;
  private final Duration longest;

  /**
   * Requests.
   *
   * @param longest for watches and their like that do not say how long they want to last
   */
  RemoteRequests(Registrations registrations, RemoteRelay relay, Duration longest) {
    this.registrations = registrations;
    this.relay = relay;
    this.longest = longest;
  }

  @Override
  public boolean serve(Asked asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Registration> found = find(asked);
    if (found.isEmpty()) {
      return false;
    }
    if (!found.get().available()) {
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "service unavailable").asException();
    }
    RequestInfo info = asked.info();
    boolean streaming = RemoteRelay.longRunning(info.verb(), info.subresource());
    relay.serve(
        found.get().server(),
        new RemoteRelay.Forward(
            asked.user(),
            info.path(),
            asked.auditId(),
            streaming,
            streaming ? wanted(request) : PATIENCE),
        request,
        response);
    return true;
  }

  private Optional<Registration> find(Asked asked) {
    RequestInfo info = asked.info();
    if (info.resourceRequest()) {
      return info.group().isEmpty()
          ? Optional.empty()
          : registrations.find(asked.cluster(), info.group(), info.version());
    }
    Matcher path = GROUP_VERSION.matcher(info.path());
    return path.matches()
        ? registrations.find(asked.cluster(), path.group(1), path.group(2))
        : Optional.empty();
  }

  /** A client that went away is noticed when there is something to tell, or at the end. */
  private Duration wanted(HttpServletRequest request) {
    String query = request.getQueryString();
    String seconds = query == null ? "" : QueryParams.parse(query).text("timeoutSeconds");
    return seconds.matches("[0-9]{1,9}") && !seconds.matches("0+")
        ? Duration.ofSeconds(Math.min(Long.parseLong(seconds), MOST_SECONDS)).plus(GRACE)
        : longest;
  }
}
