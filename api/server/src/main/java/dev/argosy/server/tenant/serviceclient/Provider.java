package dev.argosy.server.tenant.serviceclient;

import dev.argosy.server.keycloak.KeycloakClients;
import dev.argosy.server.keycloak.KeycloakClients.Made;
import dev.argosy.server.keycloak.WantedClient;
import dev.argosy.tenancy.member.ServiceClient;
import java.util.Optional;

/**
 * The identity provider at which clients are made.
 *
 * @param issuer as in its tokens
 * @param audience that tokens for this API have
 * @param usernameClaim by which tokens name their user
 */
public record Provider(
    KeycloakClients clients, String issuer, String audience, String usernameClaim) {

  private static final String TOKEN = "/protocol/openid-connect/token";

  /** What is said where there is none. */
  static final String NONE =
      "this platform makes no clients at an identity provider; whoever runs it can set"
          + " argosy.identity.keycloak.url and what goes with it";

  String tokenEndpoint() {
    return issuer + TOKEN;
  }

  /** Makes what is wanted; says as whom the program comes. */
  Made ensure(ServiceClient client, boolean enabled) {
    return clients.ensure(
        new WantedClient(
            client.clientId(),
            client.uid(),
            new WantedClient.Looks(client.name(), client.description()),
            enabled,
            new WantedClient.Claims(audience, usernameClaim, client.tokens())));
  }

  /** The user as whom the program comes, as this API calls it. */
  String user(Made made) {
    return usernameClaim.equals("sub") ? made.userId() : made.username();
  }

  Optional<String> rotate(ServiceClient client) {
    return clients.rotate(client.clientId(), client.uid());
  }

  void remove(ServiceClient client) {
    clients.remove(client.clientId(), client.uid());
  }
}
