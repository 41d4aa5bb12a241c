package dev.argosy.server.connect;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves group versions that this server leaves to others. */
@FunctionalInterface
public interface RemotePaths {

  /** There are no others. */
  RemotePaths NONE = (asked, request, response) -> false;

  /**
   * A request after authentication and authorization.
   *
   * @param cluster the logical cluster that the request was found to mean
   * @param auditId by which the audit trail knows it
   */
  record Asked(RequestInfo info, String cluster, UserInfo user, String auditId) {}

  /**
   * Serves the whole exchange, if its group version is somebody else's.
   *
   * @return whether it was; if not, nothing was done
   * @throws dev.argosy.model.status.StatusException if whoever serves it cannot be reached
   */
  boolean serve(Asked asked, HttpServletRequest request, HttpServletResponse response)
      throws IOException;
}
