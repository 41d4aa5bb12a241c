package dev.argosy.server.authn.claims;

import dev.argosy.model.access.IdentityClaims;
import dev.argosy.model.access.MailAddress;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.server.authn.claims.ClaimSource.Found;
import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelBudget;
import dev.argosy.server.cel.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a user of verified claims, if they pass the provider's rules. Names of the system are
 * nobody's, whatever the rules say. Immutable; any number of threads may enter.
 */
public final class ClaimsReader {

  private static final String RESERVED = "system:";

  private final Mappings mappings;
  private final List<ClaimRule> claimRules;
  private final List<ClaimRule> userRules;

  /**
   * What of the claims becomes which part of the user.
   *
   * @param email empty if the provider's word on addresses is not taken
   */
  record Mappings(
      ClaimSource username,
      Optional<ClaimSource> groups,
      Optional<ClaimSource> uid,
      Optional<ClaimSource> email,
      Map<String, ClaimSource> extra) {
    Mappings {
      extra = Map.copyOf(extra);
    }
  }

  /**
   * @param claimRules what must be true of the claims
   * @param userRules what must be true of the user made of them
   */
  ClaimsReader(Mappings mappings, List<ClaimRule> claimRules, List<ClaimRule> userRules) {
    this.mappings = mappings;
    this.claimRules = List.copyOf(claimRules);
    this.userRules = List.copyOf(userRules);
  }

  /**
   * The names of claims.
   *
   * @param organizations of the one whose members become groups; empty if none does
   * @param trustEmail whether verified addresses are taken as the users' own
   */
  public record Names(String username, String groups, String organizations, boolean trustEmail) {

    private ClaimSource groupSource() {
      ClaimSource own = new ClaimSource.Claim(groups, "");
      return organizations.isEmpty() ? own : new ClaimSource.Organizations(own, organizations);
    }
  }

  /** A reader without rules: one claim has the name, some the groups, the subject is the uid. */
  public static ClaimsReader ofNames(Names names) {
    return new ClaimsReader(
        new Mappings(
            new ClaimSource.Claim(names.username, ""),
            Optional.of(names.groupSource()),
            Optional.of(new ClaimSource.Claim("sub", "")),
            names.trustEmail ? Optional.of(new ClaimSource.Claim("email", "")) : Optional.empty(),
            Map.of()),
        List.of(),
        List.of());
  }

  /**
   * The user.
   *
   * @throws BadClaimsException if there is none, or a rule refuses them
   */
  public UserInfo read(JsonNode claims) throws BadClaimsException {
    CelBudget budget = CelBudget.ofCall();
    Bindings bound = new Bindings.Builder().json("claims", claims, Shape.DYN).build();
    for (ClaimRule rule : claimRules) {
      rule.require(claims, bound, budget);
    }
    Found found = new Found(claims, bound, budget);
    String name = mappings.username.text(found, "username");
    if (name.isEmpty()) {
      throw new BadClaimsException("the claims give no username");
    }
    String uid = mappings.uid.isEmpty() ? "" : mappings.uid.get().text(found, "uid");
    List<String> groups = new ArrayList<>();
    if (mappings.groups.isPresent()) {
      groups.addAll(mappings.groups.get().texts(found, "groups"));
    }
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (Map.Entry<String, ClaimSource> entry : mappings.extra.entrySet()) {
      List<String> values = entry.getValue().texts(found, "extra");
      if (!values.isEmpty()) {
        extra.put(entry.getKey(), values);
      }
    }
    requireOrdinary(name, groups);
    groups.add(UserInfo.AUTHENTICATED);
    UserInfo user = new UserInfo(name, uid, groups, extra, verifiedEmail(found));
    Bindings ofUser = new Bindings.Builder().json("user", json(user), Shape.DYN).build();
    for (ClaimRule rule : userRules) {
      rule.require(claims, ofUser, budget);
    }
    return user;
  }

  /** Nobody is kept out for what is said of their address. */
  private String verifiedEmail(Found found) {
    if (mappings.email.isEmpty() || !IdentityClaims.verified(found.claims())) {
      return "";
    }
    try {
      String email = mappings.email.get().text(found, "e-mail address");
      return MailAddress.plausible(email) ? MailAddress.canonical(email) : "";
    } catch (BadClaimsException e) {
      return "";
    }
  }

  private static void requireOrdinary(String name, List<String> groups) throws BadClaimsException {
    if (name.startsWith(RESERVED) || groups.stream().anyMatch(g -> g.startsWith(RESERVED))) {
      throw new BadClaimsException("names a user or group of the system");
    }
  }

  private static ObjectNode json(UserInfo user) {
    ObjectNode json = Json.object().put("username", user.name()).put("uid", user.uid());
    ArrayNode groups = json.putArray("groups");
    user.groups().stream().filter(g -> !g.startsWith(RESERVED)).forEach(groups::add);
    ObjectNode extra = json.putObject("extra");
    user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
    return json;
  }
}
