package dev.argosy.console;

import dev.argosy.console.connect.CommandLineSettings;
import dev.argosy.console.login.OidcSettings;
import dev.argosy.console.session.TenantDirectory;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.schema.KindTable;
import java.time.Clock;
import java.util.Map;

/**
 * What the console needs from the platform. The deployment leaves one in the servlet context under
 * {@link #ATTRIBUTE} before the first request.
 *
 * @param kinds the kinds of a tenant's cluster, to tell where a pasted document belongs
 */
public record ConsoleServices(
    ApiClients clients,
    TenantDirectory tenants,
    KindTable kinds,
    LoginSettings login,
    Clock clock) {

  /** How people log in: with the browser that shows the console, and from command lines. */
  public record LoginSettings(OidcSettings oidc, CommandLineSettings commandLine) {

    /** Reads the documented keys. */
    public static LoginSettings of(Map<String, String> settings) {
      return new LoginSettings(OidcSettings.of(settings), CommandLineSettings.of(settings));
    }
  }

  /** Name of the servlet context attribute that holds it. */
  public static final String ATTRIBUTE = ConsoleServices.class.getName();
}
