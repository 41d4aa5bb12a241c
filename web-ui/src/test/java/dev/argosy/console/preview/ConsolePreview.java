package dev.argosy.console.preview;

import dev.argosy.console.ConsoleServices;
import dev.argosy.console.connect.CommandLineSettings;
import dev.argosy.console.login.Login;
import dev.argosy.console.login.OidcSettings;
import dev.argosy.console.session.TenantDirectory;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.schema.KindTable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Serves the built console on loopback; whoever comes is logged in as the given user. */
final class ConsolePreview implements AutoCloseable {

  private static final CommandLineSettings COMMAND_LINE =
      new CommandLineSettings(
          URI.create("https://api.argosy.test:6443"),
          URI.create("https://id.argosy.test/realms/argosy"),
          "argosy-cli");

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  ConsolePreview(
      Path webApp,
      ApiClients clients,
      TenantDirectory tenants,
      KindTable kinds,
      Supplier<UserInfo> user,
      int port)
      throws Exception {
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    WebAppContext context = new WebAppContext(webApp.toString(), "/");
    context.setParentLoaderPriority(true);
    context.setInitParameter("productionMode", "true");
    OidcSettings nowhere =
        new OidcSettings(
            URI.create("http://127.0.0.1:1"),
            "console",
            "",
            URI.create("http://127.0.0.1"),
            new OidcSettings.Claims("name", "groups", "", false),
            List.of("openid"));
    context.setAttribute(
        ConsoleServices.ATTRIBUTE,
        new ConsoleServices(
            clients,
            tenants,
            kinds,
            new ConsoleServices.LoginSettings(nowhere, COMMAND_LINE),
            Clock.systemUTC()));
    context.addFilter(new FilterHolder(loggedInAs(user)), "/*", EnumSet.of(DispatcherType.REQUEST));
    JakartaWebSocketServletContainerInitializer.configure(context, null);
    server.setHandler(context);
    server.start();
  }

  private static Filter loggedInAs(Supplier<UserInfo> user) {
    return (request, response, chain) -> {
      ((jakarta.servlet.http.HttpServletRequest) request)
          .getSession(true)
          .setAttribute(Login.ATTRIBUTE, new Login(user.get(), "", "", Instant.MAX));
      chain.doFilter(request, response);
    };
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
