package dev.argosy.server.keycloak;

import dev.argosy.model.object.Json;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A confidential client that gets tokens for itself, by client credentials, and for nobody else: no
 * browser, password or device leads to it. Its tokens name its own user and this API, and carry no
 * groups or roles of the realm.
 *
 * @param owner whose it is; kept with it
 * @param looks what people see of it
 * @param claims what its tokens say
 */
public record WantedClient(
    String clientId, String owner, Looks looks, boolean enabled, Claims claims) {

  private static final String OWNER = "argosy.service-client";
  private static final String LIFETIME = "access.token.lifespan";
  private static final String ATTRIBUTES = "attributes";

  /** Where Keycloak writes the user's id anyway. */
  private static final String SUBJECT = "sub";

  /** What people see. */
  public record Looks(String name, String description) {}

  /**
   * What the tokens say.
   *
   * @param username the claim that names the user
   * @param lifetime of a token
   */
  public record Claims(String audience, String username, Duration lifetime) {}

  static String ownerOf(JsonNode client) {
    return client.path(ATTRIBUTES).path(OWNER).asString("");
  }

  /** What can be changed of one that is there. */
  private ObjectNode changeable() {
    ObjectNode client = Json.object();
    client.put("name", looks.name()).put("description", looks.description());
    client.put("enabled", enabled).put("protocol", "openid-connect");
    client.put("publicClient", false).put("bearerOnly", false);
    client.put("clientAuthenticatorType", "client-secret").put("serviceAccountsEnabled", true);
    client.put("standardFlowEnabled", false).put("implicitFlowEnabled", false);
    client.put("directAccessGrantsEnabled", false).put("fullScopeAllowed", false);
    client
        .putObject(ATTRIBUTES)
        .put(OWNER, owner)
        .put(LIFETIME, Long.toString(claims.lifetime().toSeconds()))
        .put("oauth2.device.authorization.grant.enabled", "false")
        .put("oidc.ciba.grant.enabled", "false")
        .put("client_credentials.use_refresh_token", "false");
    return client;
  }

  /** What a new one is made of. */
  ObjectNode whole() {
    ObjectNode client = changeable().put("clientId", clientId);
    client.putArray("redirectUris");
    client.putArray("webOrigins");
    client.putArray("defaultClientScopes").add("basic"); // has the claim sub
    client.putArray("optionalClientScopes");
    var mappers = client.putArray("protocolMappers");
    mapper(mappers.addObject(), "audience", "oidc-audience-mapper")
        .put("included.custom.audience", claims.audience());
    if (!claims.username().equals(SUBJECT)) {
      mapper(mappers.addObject(), "username", "oidc-usermodel-attribute-mapper")
          .put("user.attribute", "username")
          .put("claim.name", claims.username())
          .put("jsonType.label", "String");
    }
    return client;
  }

  private static ObjectNode mapper(ObjectNode mapper, String name, String type) {
    mapper.put("name", name).put("protocol", "openid-connect").put("protocolMapper", type);
    return mapper
        .putObject("config")
        .put("access.token.claim", "true")
        .put("id.token.claim", "false");
  }

  /** What is sent to change one that is there. */
  ObjectNode change(JsonNode client) {
    return changeable().put("id", client.path("id").asString("")).put("clientId", clientId);
  }

  /** Whether one that is there is like this. */
  boolean isMet(JsonNode client) {
    for (var field : changeable().properties()) {
      JsonNode there = client.path(field.getKey());
      boolean met =
          field.getKey().equals(ATTRIBUTES)
              ? field.getValue().properties().stream()
                  .allMatch(one -> there.path(one.getKey()).equals(one.getValue()))
              : there.equals(field.getValue())
                  || (there.isMissingNode() && field.getValue().asString("x").isEmpty());
      if (!met) {
        return false;
      }
    }
    return true;
  }
}
