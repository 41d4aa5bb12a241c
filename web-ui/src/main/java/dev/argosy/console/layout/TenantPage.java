package dev.argosy.console.layout;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;

/** A view of one tenant, named in its URL by the parameter {@value #TENANT}. */
public abstract class TenantPage extends Page implements BeforeEnterObserver {

  /** Name of the route parameter. */
  public static final String TENANT = "tenant";

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private String tenant = "";

  protected TenantPage(String title, ConsoleSession session) {
    super(title);
    this.session = session;
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    if (!tenant.isEmpty()) { // Vaadin takes a view that is there for another tenant, too
      UI ui = event.getUI();
      ui.beforeClientResponse(this, context -> ui.refreshCurrentRoute(false));
      return;
    }
    tenant = event.getRouteParameters().get(TENANT).orElseThrow();
    enter(event);
  }

  /** Fills the view; the tenant is known now. */
  protected abstract void enter(BeforeEnterEvent event);

  protected final ConsoleSession session() {
    return session;
  }

  protected final String tenant() {
    return tenant;
  }

  /** Everything of a resource in this tenant. */
  protected final ResourceScope all(GroupResource resource) {
    return ResourceScope.cluster(resource, tenant);
  }
}
