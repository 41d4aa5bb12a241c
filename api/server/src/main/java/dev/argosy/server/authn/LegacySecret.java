package dev.argosy.server.authn;

import dev.argosy.model.object.ApiObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * A Secret that keeps a service account's token which never expires; read once for each revision.
 *
 * @param hash of the token that it holds, see {@link CheckedTokens#hash}; empty if none
 * @param invalid whether the token was set aside because nobody used it
 */
record LegacySecret(String hash, boolean invalid, boolean deleting) {

  static final String TYPE = "kubernetes.io/service-account-token";
  static final String ACCOUNT = "kubernetes.io/service-account.name";
  static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";
  private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";
  private static final Object MAKER = new Object();

  static LegacySecret of(ApiObject secret) {
    return secret.derived(LegacySecret.class, MAKER, LegacySecret::read);
  }

  private static LegacySecret read(ApiObject secret) {
    JsonNode tree = secret.tree();
    String token = token(tree);
    boolean kept = tree.path("type").asString("").equals(TYPE) && !token.isEmpty();
    return new LegacySecret(
        kept ? CheckedTokens.hash(token) : "",
        !secret.meta().labels().getOrDefault(INVALID_SINCE, "").isEmpty(),
        secret.meta().deleting());
  }

  static String token(JsonNode secret) {
    try {
      String data = secret.path("data").path("token").asString("");
      return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  void require(String wanted) throws BadTokenException {
    if (deleting || hash.isEmpty()) {
      throw new BadTokenException("Token has been invalidated");
    }
    if (!MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8))) {
      throw new BadTokenException("Token does not match server's copy");
    }
    if (invalid) {
      throw new BadTokenException("the token of the secret has been marked invalid");
    }
  }
}
