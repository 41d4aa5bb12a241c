package dev.argosy.server.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.Json;
import dev.argosy.server.keycloak.AdminApi.Reply;
import dev.argosy.server.keycloak.ProviderTroubleException.Kind;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients of one realm for programs, each marked as whose it is; others are left alone. All of it
 * may be done twice, by several servers at a time, and after a crash at any place.
 */
public final class KeycloakClients {

  private static final String CLIENTS = "/clients";

  private final AdminApi api;

  public KeycloakClients(KeycloakSettings settings, Clock clock) {
    this.api = new AdminApi(settings, clock);
  }

  /**
   * What is there.
   *
   * @param fresh whether it was not before
   */
  public record Made(boolean fresh, String userId, String username) {}

  /**
   * Makes the client, or changes it to what is wanted. Its secret is the provider's own making, and
   * stays.
   *
   * @throws ProviderTroubleException if that cannot be done now
   */
  public Made ensure(WantedClient wanted) {
    Optional<JsonNode> found = find(wanted.clientId());
    boolean fresh = found.isEmpty();
    JsonNode client = fresh ? make(wanted) : found.get();
    requireOwn(client, wanted.clientId(), wanted.owner());
    String path = path(client);
    if (!wanted.isMet(client)) {
      Reply reply = api.call("PUT", path, wanted.change(client));
      if (!reply.good()) {
        throw api.trouble("changing the client " + wanted.clientId(), reply);
      }
    }
    Reply user = api.call("GET", path + "/service-account-user", null);
    String username = user.body().path("username").asString("");
    if (!user.good() || username.isEmpty()) {
      throw api.trouble("the question for the user of " + wanted.clientId(), user);
    }
    return new Made(fresh, user.body().path("id").asString(""), username);
  }

  private JsonNode make(WantedClient wanted) {
    Reply reply = api.call("POST", CLIENTS, wanted.whole());
    if (!reply.good() && reply.code() != 409) { // another server was faster
      throw api.trouble("making the client " + wanted.clientId(), reply);
    }
    return find(wanted.clientId())
        .orElseThrow(() -> api.trouble("making the client " + wanted.clientId(), reply));
  }

  /**
   * Gives the client a new secret; the one of before ends.
   *
   * @return the secret; empty if there is no such client
   * @throws ProviderTroubleException if that cannot be done now
   */
  public Optional<String> rotate(String clientId, String owner) {
    Optional<JsonNode> client = find(clientId);
    if (client.isEmpty()) {
      return Optional.empty();
    }
    requireOwn(client.get(), clientId, owner);
    String path = path(client.get()) + "/client-secret";
    Reply reply = api.call("POST", path, Json.object());
    String secret = reply.body().path("value").asString("");
    if (!reply.good() || secret.isEmpty()) {
      throw api.trouble("a new secret of " + clientId, reply);
    }
    // where the realm keeps rotated secrets for a while, the one of before would go on
    api.call("DELETE", path + "/rotated", null);
    return Optional.of(secret);
  }

  /**
   * Deletes the client, if it is there.
   *
   * @throws ProviderTroubleException if that cannot be done now
   */
  public void remove(String clientId, String owner) {
    Optional<JsonNode> client = find(clientId);
    if (client.isEmpty()) {
      return;
    }
    requireOwn(client.get(), clientId, owner);
    Reply reply = api.call("DELETE", path(client.get()), null);
    if (!reply.good() && reply.code() != 404) {
      throw api.trouble("deleting the client " + clientId, reply);
    }
  }

  private Optional<JsonNode> find(String clientId) {
    String query = CLIENTS + "?clientId=" + URLEncoder.encode(clientId, UTF_8);
    Reply reply = api.call("GET", query, null);
    if (!reply.good() || !reply.body().isArray()) {
      throw api.trouble("the question for the client " + clientId, reply);
    }
    for (JsonNode client : reply.body()) {
      if (client.path("clientId").asString("").equals(clientId)) {
        ((ObjectNode) client).remove("secret"); // not ours to know
        return Optional.of(client);
      }
    }
    return Optional.empty();
  }

  private static String path(JsonNode client) {
    return CLIENTS + "/" + client.path("id").asString("");
  }

  private static void requireOwn(JsonNode client, String clientId, String owner) {
    if (!WantedClient.ownerOf(client).equals(owner)) {
      throw new ProviderTroubleException(
          Kind.REFUSED, "the client " + clientId + " is there, and not of this platform's making");
    }
  }
}
