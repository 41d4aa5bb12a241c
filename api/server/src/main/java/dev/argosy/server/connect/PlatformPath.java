package dev.argosy.server.connect;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A path that is the platform's alone, whatever a tenant's own rules say: in every cluster but root
 * it is forbidden.
 */
public record PlatformPath(PathHandler handler) implements PathHandler {

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!cluster.equals(ClusterDirectory.ROOT)) {
      throw Status.of(
              Reason.FORBIDDEN,
              "forbidden: User \""
                  + user.name()
                  + "\" cannot "
                  + info.verb()
                  + " path \""
                  + info.path()
                  + "\"")
          .asException();
    }
    handler.handle(info, cluster, user, request, response);
  }

  @Override
  public boolean longRunning() {
    return handler.longRunning();
  }
}
