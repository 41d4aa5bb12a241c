package dev.argosy.console.audit;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.argosy.console.layout.TenantPage;
import dev.argosy.console.session.ConsoleSession;

/** Who did what in a tenant's cluster. */
@Route("t/:tenant/audit")
@PageTitle("Audit · Argosy")
public class AuditView extends TenantPage {

  private static final long serialVersionUID = 1L;

  public AuditView(ConsoleSession session) {
    super("Audit", session);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    add(new AuditPanel(session(), tenant(), false));
  }
}
