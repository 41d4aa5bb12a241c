package dev.argosy.server.connect;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers requests to one streaming subresource, after authentication and authorization. */
public interface Connector {

  /** The attribute of the request that has its {@link dev.argosy.server.audit.AuditNotes}. */
  String NOTES = "dev.argosy.audit-notes";

  /**
   * Serves the whole conversation; returns when it is over.
   *
   * @param cluster the logical cluster that the request was found to mean
   * @throws dev.argosy.model.status.StatusException to refuse, before anything was written
   */
  void connect(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException;
}
