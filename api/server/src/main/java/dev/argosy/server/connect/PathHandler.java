package dev.argosy.server.connect;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers a path that is no resource, such as the agents' tunnel or the OpenAPI documents. */
public interface PathHandler {

  /**
   * Serves the whole conversation; returns when it is over.
   *
   * @param cluster the logical cluster that the request was found to mean
   * @throws dev.argosy.model.status.StatusException to refuse, before anything was written
   */
  void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException;

  /** Whether its conversations last as long as both sides like, and are not limited in number. */
  default boolean longRunning() {
    return false;
  }
}
