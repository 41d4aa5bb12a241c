package dev.argosy.server.aggregate;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.SuspendedWrites;
import dev.argosy.server.aggregate.remote.RemoteRelay;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests for group versions of API servers: found, and led on. */
final class RemoteRequests implements RemotePaths {

  /** Discovery and OpenAPI of a group version. */
  private static final Pattern GROUP_VERSION =
      Pattern.compile("(?:/openapi/v3)?/apis/([^/]+)/([^/]+)/?");

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** As Kubernetes has it for everything that is not meant to last. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  private final Registrations registrations;
  private final RemoteRelay relay;
  private final Duration longest;
  private final SuspendedWrites suspended;

  /**
   * Requests.
   *
   * @param longest for watches and their like that do not say how long they want to last
   * @param suspended who may still write to those of suspended tenants
   */
  RemoteRequests(
      Registrations registrations, RemoteRelay relay, Duration longest, SuspendedWrites suspended) {
    this.registrations = registrations;
    this.relay = relay;
    this.longest = longest;
    this.suspended = suspended;
  }

  @Override
  public boolean serve(Asked asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Registration> found = find(asked);
    if (found.isEmpty()) {
      return false;
    }
    requireMayWrite(asked, request.getMethod());
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

  /** As with what is kept here: connections that begin with a GET are no writes. */
  private void requireMayWrite(Asked asked, String method) {
    String cluster = asked.cluster();
    if (!READS.contains(method)
        && suspended.suspended(cluster)
        && !suspended.allowed(asked.user(), cluster)) {
      RequestInfo info = asked.info();
      String why = SuspendedWrites.refusal(cluster);
      Status refused =
          info.resourceRequest()
              ? Status.forbidden(new GroupResource(info.group(), info.resource()), info.name(), why)
              : Status.of(Reason.FORBIDDEN, "forbidden: " + why);
      throw refused.asException();
    }
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
