package dev.argosy.server.authn.claims;

import dev.argosy.model.status.StatusException;
import dev.argosy.server.authn.claims.ClaimsReader.Mappings;
import dev.argosy.server.request.YamlBody;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads an {@code AuthenticationConfiguration} of {@code apiserver.config.k8s.io}. */
public final class AuthenticationFile {

  private static final int MAX_BYTES = 1024 * 1024;
  private static final Set<String> VERSIONS =
      Set.of("apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1");

  private final Problems problems = new Problems();
  private final Expressions expressions = new Expressions(problems);

  private AuthenticationFile() {}

  /**
   * The issuers in a file's text.
   *
   * @throws IllegalArgumentException with all that is wrong, and where, one a line
   */
  public static List<TrustedIssuer> read(byte[] yaml) {
    AuthenticationFile file = new AuthenticationFile();
    List<TrustedIssuer> issuers = file.issuers(yaml);
    file.problems.throwIfAny();
    return issuers;
  }

  private List<TrustedIssuer> issuers(byte[] yaml) {
    JsonNode tree;
    try {
      tree = new YamlBody(MAX_BYTES).decode(yaml).tree();
    } catch (StatusException e) {
      problems.add("", String.valueOf(e.status().message()));
      return List.of();
    }
    if (!tree.path("kind").asString("").equals("AuthenticationConfiguration")
        || !VERSIONS.contains(tree.path("apiVersion").asString(""))) {
      problems.add("", "must be an AuthenticationConfiguration of apiserver.config.k8s.io/v1");
      return List.of();
    }
    problems.requireKnown(tree, "", "apiVersion", "kind", "metadata", "jwt", "anonymous");
    if (tree.has("anonymous")) {
      problems.add("anonymous", "is not served: requests without a credential get what RBAC gives");
    }
    List<TrustedIssuer> issuers = new ArrayList<>();
    Set<String> urls = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode jwt : tree.path("jwt")) {
      String at = "jwt[" + index++ + "]";
      problems.requireKnown(
          jwt, at, "issuer", "claimValidationRules", "claimMappings", "userValidationRules");
      issuer(jwt, at)
          .ifPresent(issuer -> {
            if (!urls.add(issuer.url())) {
              problems.add(at + ".issuer.url", "Duplicate value: \"" + issuer.url() + "\"");
            }
            issuers.add(issuer);
          });
    }
    return issuers;
  }

  private Optional<TrustedIssuer> issuer(JsonNode jwt, String at) {
    JsonNode issuer = jwt.path("issuer");
    String place = at + ".issuer";
    problems.requireKnown(
        issuer,
        place,
        "url",
        "discoveryURL",
        "certificateAuthority",
        "audiences",
        "audienceMatchPolicy");
    String url = issuer.path("url").asString("");
    address(url, place + ".url");
    String discovery = issuer.path("discoveryURL").asString("");
    if (!discovery.isEmpty()) {
      address(discovery, place + ".discoveryURL");
    }
    Set<String> audiences = audiences(issuer, place);
    String authority = issuer.path("certificateAuthority").asString("");
    problems.requireCertificates(authority, place + ".certificateAuthority");
    Optional<ClaimsReader> claims = claims(jwt, at);
    if (claims.isEmpty() || audiences.isEmpty() || url.isEmpty()) {
      return Optional.empty();
    }
    String found =
        discovery.isEmpty() ? url.replaceAll("/$", "") + TrustedIssuer.WELL_KNOWN : discovery;
    return Optional.of(new TrustedIssuer(url, found, audiences, authority, claims.get()));
  }

  /** An https address, or http on the machine itself. */
  private void address(String text, String at) {
    if (text.isEmpty()) {
      problems.add(at, "Required value: URL is required");
      return;
    }
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      problems.add(at, "Invalid value: \"" + text + "\": is no URL");
      return;
    }
    String host = uri.getHost() == null ? "" : uri.getHost();
    boolean loopback = host.matches("localhost|127\\..*|\\[::1\\]");
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
      problems.add(at, "Invalid value: \"" + text + "\": URL scheme must be https");
    }
    if (host.isEmpty() || uri.getUserInfo() != null || uri.getFragment() != null) {
      problems.add(
          at, "Invalid value: \"" + text + "\": must have a host, no user and no fragment");
    }
  }

  private Set<String> audiences(JsonNode issuer, String place) {
    Set<String> audiences = new LinkedHashSet<>();
    issuer.path("audiences").forEach(audience -> audiences.add(audience.asString("")));
    if (audiences.isEmpty() || audiences.contains("")) {
      problems.add(place + ".audiences", "Required value: at least one, and none empty");
    }
    String policy = issuer.path("audienceMatchPolicy").asString("");
    if (!policy.isEmpty() && !policy.equals("MatchAny")) {
      problems.add(
          place + ".audienceMatchPolicy", "Invalid value: \"" + policy + "\": must be MatchAny");
    }
    if (policy.isEmpty() && audiences.size() > 1) {
      problems.add(
          place + ".audienceMatchPolicy",
          "Invalid value: \"\": must be MatchAny for multiple audiences");
    }
    return audiences;
  }

  private Optional<ClaimsReader> claims(JsonNode jwt, String at) {
    JsonNode mappings = jwt.path("claimMappings");
    String place = at + ".claimMappings";
    problems.requireKnown(mappings, place, "username", "groups", "uid", "extra");
    Optional<ClaimSource> username = expressions.source(mappings, place, "username", true);
    if (username.isEmpty() && !mappings.has("username")) {
      problems.add(place + ".username", "Required value: claim or expression is required");
    }
    Optional<ClaimSource> groups = expressions.source(mappings, place, "groups", true);
    Optional<ClaimSource> uid = expressions.source(mappings, place, "uid", false);
    Map<String, ClaimSource> extra = expressions.extra(mappings.path("extra"), place + ".extra");
    List<ClaimRule> rules =
        expressions.claimRules(jwt.path("claimValidationRules"), at + ".claimValidationRules");
    List<ClaimRule> userRules =
        expressions.userRules(jwt.path("userValidationRules"), at + ".userValidationRules");
    expressions.requireVerified(jwt, place);
    Map<String, ClaimSource> others = new LinkedHashMap<>(extra);
    Optional<ClaimSource> email = Optional.ofNullable(others.remove(Expressions.VERIFIED_EMAIL));
    return username.map(
        name -> new ClaimsReader(new Mappings(name, groups, uid, email, others), rules, userRules));
  }
}
