package dev.argosy.server.openapi;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.openapi.OpenApiAnswers.Answer;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The documents as paths of the API server. */
public final class OpenApiMounts implements PathHandler {

  private final OpenApiAnswers answers;
  private final KindTables kinds;
  private final RemoteSpecs others;
  private final RemotePaths remotes;

  public OpenApiMounts(OpenApi openApi, KindTables kinds) {
    this(openApi, kinds, RemoteSpecs.NONE, RemotePaths.NONE);
  }

  /**
   * Documents of this server and of others.
   *
   * @param others what is known of others' documents
   * @param remotes where those of version 3 are to be had
   */
  public OpenApiMounts(OpenApi openApi, KindTables kinds, RemoteSpecs others, RemotePaths remotes) {
    this.answers = new OpenApiAnswers(openApi);
    this.kinds = kinds;
    this.others = others;
    this.remotes = remotes;
  }

  /** All paths below {@code /openapi}; the authorizer decides who may read them. */
  public List<PathMount> mounts() {
    return List.of(
        new PathMount("/openapi/v2", false, this),
        new PathMount("/openapi/v3", false, this),
        new PathMount("/openapi/v3/", false, this));
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!info.verb().equals("get") && !info.verb().equals("head")) {
      throw Status.methodNotAllowed().asException();
    }
    String auditId = Objects.toString(response.getHeader("Audit-Id"), "");
    if (remotes.serve(new RemotePaths.Asked(info, cluster, user, auditId), request, response)) {
      return;
    }
    Answer answer =
        answers.get(
            new OpenApiAnswers.Served(kinds.of(cluster), others.v2(cluster), others.v3(cluster)),
            info.path(),
            Objects.toString(request.getHeader("Accept"), ""),
            Objects.toString(request.getParameter("hash"), ""),
            Objects.toString(request.getHeader("If-None-Match"), ""));
    switch (answer) {
      case Answer.Found found -> send(found, response);
      case Answer.NotModified same -> {
        response.setHeader("ETag", same.document().etag());
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      }
      case Answer.Moved moved -> {
        String prefix = info.urlCluster().map(name -> "/clusters/" + name).orElse("");
        response.setHeader("Location", prefix + moved.location());
        response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      }
      case Answer.Unknown unknown ->
          throw Status.of(Reason.NOT_FOUND, "the server could not find the requested resource")
              .asException();
    }
  }

  private static void send(Answer.Found found, HttpServletResponse response) throws IOException {
    Document document = found.document();
    response.setHeader("ETag", document.etag());
    response.setHeader("Vary", "Accept");
    response.setHeader(
        "Cache-Control",
        found.immutable() ? "private, max-age=31536000, immutable" : "no-cache, private");
    response.setContentType(document.contentType());
    response.setContentLength(document.bytes().length);
    response.getOutputStream().write(document.bytes());
  }
}
