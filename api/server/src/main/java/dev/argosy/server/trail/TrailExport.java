package dev.argosy.server.trail;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.tenancy.audit.AuditPage;
import dev.argosy.tenancy.audit.AuditQuery;
import dev.argosy.tenancy.audit.AuditSearch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A search as a file: {@code /audit/export?format=json|csv&fieldSelector=…}. Only one page of it is
 * in memory at a time; what comes meanwhile is not in it. It breaks off, and the client notices, if
 * the database does.
 */
public final class TrailExport implements PathHandler {

  private static final String PATH = "/audit/export";
  private static final int PAGE = 500;

  private final AuditSearch search;
  private final Authorizer authorizer;

  public TrailExport(AuditSearch search, Authorizer authorizer) {
    this.search = search;
    this.authorizer = authorizer;
  }

  /** Where it is asked. */
  public PathMount mount() {
    return new PathMount(PATH, false, this);
  }

  @Override
  public boolean longRunning() {
    return true;
  }

  @Override
  public void handle(
      RequestInfo info,
      String cluster,
      UserInfo user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      throw Status.methodNotAllowed().asException();
    }
    authorize(cluster, user);
    String raw = request.getQueryString();
    QueryParams query = QueryParams.parse(raw == null ? "" : raw);
    RecordFormat format = RecordFormat.of(query.text("format"));
    AuditQuery wanted =
        RecordSelector.parse(query.text("fieldSelector"), AuditRecords.only(cluster));
    AuditPage first = TrailReads.of(() -> search.search(wanted, Optional.empty(), PAGE));
    response.setStatus(200);
    response.setContentType(format.mediaType());
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"audit-" + cluster + format.suffix() + "\"");
    write(wanted, first, format, response.getOutputStream());
  }

  /** Who may list the records may have them as a file. */
  private void authorize(String cluster, UserInfo user) {
    Attributes list =
        new Attributes(
            user,
            cluster,
            "list",
            AuditRecords.RESOURCE.group(),
            "v1",
            AuditRecords.RESOURCE.resource(),
            "",
            "",
            "",
            "");
    if (!authorizer.authorize(list).allowed()) {
      throw Status.of(
              Reason.FORBIDDEN,
              "exporting the audit trail needs the right to list "
                  + AuditRecords.RESOURCE
                  + ", which User \""
                  + user.name()
                  + "\" has not")
          .asException();
    }
  }

  private void write(AuditQuery wanted, AuditPage first, RecordFormat format, OutputStream to)
      throws IOException {
    OutputStream out = new BufferedOutputStream(to, 1 << 16);
    out.write(format.head());
    AuditPage page = first;
    while (true) {
      for (var entry : page.entries()) {
        out.write(format.line(entry));
      }
      Optional<AuditPage.Place> next = page.next();
      if (next.isEmpty()) {
        break;
      }
      page = further(wanted, next);
    }
    out.flush();
  }

  /** The answer has begun, so all that is left to tell is that it is not whole. */
  private AuditPage further(AuditQuery wanted, Optional<AuditPage.Place> next) throws IOException {
    try {
      return search.search(wanted, next, PAGE);
    } catch (RuntimeException e) {
      throw new IOException("the export broke off", e);
    }
  }
}
