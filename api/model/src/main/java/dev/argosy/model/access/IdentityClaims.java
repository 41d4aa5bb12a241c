package dev.argosy.model.access;

import tools.jackson.databind.JsonNode;

/** What claims of OpenID Connect mean that need more than to be copied. */
public final class IdentityClaims {

  private IdentityClaims() {}

  /**
   * Whether the provider says that the address is the user's: the claim must be there, and true.
   *
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims">OpenID
   *     Connect Core, 5.1</a>
   */
  public static boolean verified(JsonNode claims) {
    JsonNode verified = claims.path("email_verified");
    return verified.isBoolean() && verified.asBoolean();
  }

  /** The user's verified address, in its canonical form; empty if there is none. */
  public static String verifiedEmail(JsonNode claims) {
    JsonNode email = claims.path("email");
    return verified(claims) && email.isString() && MailAddress.plausible(email.asString())
        ? MailAddress.canonical(email.asString())
        : "";
  }
}
