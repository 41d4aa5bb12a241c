package dev.argosy.console.audit;

import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.Page;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;

/** Who did what, in all clusters. */
@Route("platform/audit")
@PageTitle("Audit of the platform · Argosy")
public class PlatformAuditView extends Page {

  private static final long serialVersionUID = 1L;

  public PlatformAuditView(ConsoleSession session) {
    super("Audit of the platform");
    add(new AuditPanel(session, Resources.ROOT, true));
  }
}
