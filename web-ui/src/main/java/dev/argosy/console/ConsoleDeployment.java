package dev.argosy.console;

import dev.argosy.console.session.ApiTenantDirectory;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.schema.BuiltinKinds;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the platform's wiring offers and prepares the console with it. In a container without
 * CDI nothing is offered, and whoever starts the console prepares it.
 */
@WebListener
public class ConsoleDeployment implements ServletContextListener {

  private @Nullable ConsoleServices services;

  @Inject
  void take(ApiClients clients, @Named("argosy.settings") Map<String, String> settings) {
    services =
        new ConsoleServices(
            clients,
            new ApiTenantDirectory(clients),
            BuiltinKinds.load().tenant(),
            ConsoleServices.LoginSettings.of(settings),
            Clock.systemUTC());
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (services != null) {
      ConsoleStart.prepare(event.getServletContext(), services);
    }
  }
}
