package dev.argosy.console.session;

import com.vaadin.flow.server.VaadinServletService;
import com.vaadin.flow.server.VaadinSession;
import dev.argosy.console.ConsoleServices;
import dev.argosy.console.connect.CommandLineSettings;
import dev.argosy.console.login.Login;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.schema.KindTable;
import java.time.Clock;
import java.util.List;

/** One browser session: its user, and the platform as that user may see it. */
public final class ConsoleSession {

  private final ConsoleServices services;
  private final UserInfo user;
  private final ApiClient api;

  public ConsoleSession(ConsoleServices services, UserInfo user) {
    this.services = services;
    this.user = user;
    this.api = services.clients().as(user);
  }

  /**
   * The console session of a Vaadin session; the log-in filter lets no request through without one.
   */
  public static ConsoleSession of(VaadinSession session) {
    ConsoleSession known = session.getAttribute(ConsoleSession.class);
    if (known != null) {
      return known;
    }
    Login login = (Login) session.getSession().getAttribute(Login.ATTRIBUTE);
    var context = ((VaadinServletService) session.getService()).getServlet().getServletContext();
    ConsoleServices services = (ConsoleServices) context.getAttribute(ConsoleServices.ATTRIBUTE);
    ConsoleSession made = new ConsoleSession(services, login.user());
    session.setAttribute(ConsoleSession.class, made);
    return made;
  }

  public UserInfo user() {
    return user;
  }

  /** The API under the user's own identity. */
  public ApiClient api() {
    return api;
  }

  /** What the user may do. */
  public Rights rights() {
    return new Rights(api);
  }

  public KindTable kinds() {
    return services.kinds();
  }

  public CommandLineSettings commandLine() {
    return services.login().commandLine();
  }

  /** Where browsers find a path of the console, as a whole address. */
  public String address(String path) {
    return services.login().oidc().publicUrl() + "/" + path;
  }

  public Clock clock() {
    return services.clock();
  }

  /** The tenants this user may enter, as of now. */
  public List<TenantDirectory.TenantChoice> tenants() {
    return services.tenants().tenantsOf(user);
  }

  /** Whether the platform's own views are for this user. */
  public boolean administersPlatform() {
    return services.tenants().administers(user);
  }
}
