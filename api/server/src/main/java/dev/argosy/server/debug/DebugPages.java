package dev.argosy.server.debug;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.answer.Answers;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.connect.PlatformPath;
import dev.argosy.server.dispatch.InFlight;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.store.cache.ResourceCaches;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Answers the paths below {@code /debug}. */
public final class DebugPages implements PathHandler {

  private static final String INDEX =
      """
      /debug/threads        all threads, virtual ones included
      /debug/heap           memory pools, and the classes that fill them
      /debug/jfr?seconds=N  a recording of the Flight Recorder (1 to 300 seconds, default 30)
      /debug/requests       requests that are being answered
      /debug/caches         watch caches
      """;

  private static final String NO_PPROF =
      """
      This server is no Go program, so it has no pprof. Instead:
        goroutine  /debug/threads
        heap       /debug/heap
        profile    /debug/jfr?seconds=30, to be opened with JDK Mission Control or `jfr print`
        trace      /debug/jfr?seconds=30
      """;

  private final InFlight requests;
  private final ResourceCaches caches;
  private final Recordings recordings = new Recordings();

  public DebugPages(InFlight requests, ResourceCaches caches) {
    this.requests = requests;
    this.caches = caches;
  }

  /** Where this answers. */
  public List<PathMount> mounts() {
    PlatformPath pages = new PlatformPath(this);
    return List.of(new PathMount("/debug/", false, pages), new PathMount("/debug", false, pages));
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!info.verb().equals("get")) {
      throw Status.methodNotAllowed().asException();
    }
    String path = info.path();
    if (path.startsWith("/debug/pprof")) {
      Answers.text(response, 404, NO_PPROF);
      return;
    }
    switch (path) {
      case "/debug", "/debug/" -> Answers.text(response, 200, INDEX);
      case "/debug/threads" -> Answers.text(response, 200, Machine.threads());
      case "/debug/heap" -> Answers.text(response, 200, Machine.heap());
      case "/debug/requests" -> Answers.text(response, 200, RequestTable.of(requests.list()));
      case "/debug/caches" -> Answers.text(response, 200, CacheTable.of(caches));
      case "/debug/jfr" -> recordings.answer(seconds(request), response);
      default ->
          throw Status.of(Reason.NOT_FOUND, "the server could not find the requested resource")
              .asException();
    }
  }

  private static int seconds(HttpServletRequest request) {
    String raw = request.getQueryString();
    String text = QueryParams.parse(raw == null ? "" : raw).text("seconds");
    try {
      int seconds = text.isEmpty() ? 30 : Integer.parseInt(text);
      if (seconds >= 1 && seconds <= 300) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // as any other number that does not fit
    }
    throw Status.badRequest("seconds must be a number from 1 to 300").asException();
  }
}
