package dev.argosy.model.access;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What claims of OpenID Connect mean that need more than to be copied. */
public final class IdentityClaims {

  /** Begins the names of groups that stand for organizations. */
  public static final String ORGANIZATION = "organization:";

  private IdentityClaims() {}

  /**
   * The groups that stand for the user's organizations: {@code organization:ALIAS}. Keycloak writes
   * the claim as a list of aliases, or as an object with a member for each; who is in one only may
   * have it as a text. Anything else names none.
   *
   * @see <a
   *     href="https://www.keycloak.org/docs/latest/server_admin/#_mapping_organization_claims_">Keycloak:
   *     Mapping organization claims</a>
   */
  public static List<String> organizations(JsonNode claim) {
    List<String> groups = new ArrayList<>();
    if (claim.isObject()) {
      claim.propertyNames().forEach(alias -> add(groups, alias));
    } else if (claim.isArray()) {
      claim.forEach(alias -> add(groups, alias.isString() ? alias.asString() : ""));
    } else if (claim.isString()) {
      add(groups, claim.asString());
    }
    return groups;
  }

  private static void add(List<String> groups, String alias) {
    if (!alias.isEmpty()) {
      groups.add(ORGANIZATION + alias);
    }
  }

  /** Whether no other claim may name that group where organizations are taken. */
  public static boolean ofOrganization(String group) {
    return group.startsWith(ORGANIZATION);
  }

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
