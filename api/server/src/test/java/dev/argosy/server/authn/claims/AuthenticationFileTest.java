package dev.argosy.server.authn.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a file of issuers says, and what is said of a bad one. */
class AuthenticationFileTest {

  private static final String HEAD =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthenticationConfiguration
      jwt:
      - issuer:
          url: https://id.example.com
          audiences: [argosy]
      """;

  private static List<TrustedIssuer> read(String yaml) {
    return AuthenticationFile.read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static UserInfo user(String mappings, String claims) throws BadClaimsException {
    return read(HEAD + mappings.indent(2)).getFirst().claims().read(Json.mapper().readTree(claims));
  }

  private static void wrong(String mappings, String... words) {
    assertThatThrownBy(() -> read(HEAD + mappings.indent(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e ->
            assertThat(String.valueOf(e.getMessage()).lines().toList())
                .as(e.getMessage())
                .hasSizeGreaterThanOrEqualTo(words.length))
        .hasMessageContainingAll(words);
  }

  @Test
  void claimsByName() throws Exception {
    UserInfo user =
        user(
            """
            claimMappings:
              username: {claim: email, prefix: 'oidc:'}
              groups: {claim: roles, prefix: 'idp-'}
              uid: {claim: oid}
            """,
            "{\"email\":\"kim@example.com\",\"roles\":[\"dev\",\"ops\"],\"oid\":\"u1\"}");
    assertThat(user)
        .isEqualTo(
            new UserInfo(
                "oidc:kim@example.com",
                "u1",
                List.of("idp-dev", "idp-ops", UserInfo.AUTHENTICATED),
                Map.of()));
  }

  @Test
  void claimsByExpression() throws Exception {
    String mappings =
        """
        claimMappings:
          username: {expression: 'claims.email.split("@")[0]'}
          groups: {expression: 'claims.roles.filter(r, r.startsWith("k8s-"))'}
          uid: {expression: 'claims.sub'}
          extra:
          - {key: example.com/org, valueExpression: 'claims.org.name'}
          - {key: example.com/none, valueExpression: '[]'}
        claimValidationRules:
        - {claim: hd, requiredValue: example.com}
        - {expression: 'claims.email_verified == true', message: the address must be verified}
        userValidationRules:
        - {expression: "!user.username.startsWith('root')", message: nobody is root}
        - {expression: "user.groups.all(g, g != 'k8s-bad')"}
        """;
    String claims =
        "{\"email\":\"%s@example.com\",\"email_verified\":%s,\"hd\":\"%s\",\"sub\":\"s\","
            + "\"roles\":[\"k8s-dev\",\"x\"%s],\"org\":{\"name\":\"acme\"}}";
    assertThat(user(mappings, claims.formatted("kim", "true", "example.com", "")))
        .isEqualTo(
            new UserInfo(
                "kim",
                "s",
                List.of("k8s-dev", UserInfo.AUTHENTICATED),
                Map.of("example.com/org", List.of("acme"))));
    refused(mappings, claims.formatted("kim", "true", "evil.com", ""), "the claim hd");
    refused(mappings, claims.formatted("kim", "false", "example.com", ""), "must be verified");
    refused(mappings, claims.formatted("rooty", "true", "example.com", ""), "nobody is root");
    refused(mappings, claims.formatted("kim", "true", "example.com", ",\"k8s-bad\""), "not true:");
    refused(mappings, "{\"hd\":\"example.com\",\"email_verified\":true}", "no such key: email");
  }

  /** An address is the user's own only by a mapping of its own, and only if it is verified. */
  @Test
  void verifiedAddresses() throws Exception {
    String mappings =
        """
        claimMappings:
          username: {claim: sub, prefix: ''}
          extra:
          - key: argosy.dev/verified-email
            valueExpression: 'claims.email.endsWith("@partner.example") ? claims.email : ""'
        """;
    String claims = "{\"sub\":\"kim\",\"email\":\"%s\",\"email_verified\":%s}";
    UserInfo kim = user(mappings, claims.formatted("Kim@partner.example", "true"));
    assertThat(kim.verifiedEmail()).isEqualTo("kim@partner.example");
    assertThat(kim.extra()).isEmpty();
    for (String none :
        List.of(
            claims.formatted("kim@partner.example", "false"),
            claims.formatted("kim@partner.example", "\"true\""),
            claims.formatted("kim@partner.example", "1"),
            claims.formatted("kim@other.example", "true"),
            claims.formatted("kim@x@partner.example", "true"),
            "{\"sub\":\"kim\",\"email\":[\"kim@partner.example\"],\"email_verified\":true}",
            "{\"sub\":\"kim\",\"email_verified\":true}",
            "{\"sub\":\"kim\"}")) {
      assertThat(user(mappings, none).verifiedEmail()).as(none).isEmpty();
    }
    String silent = "claimMappings: {username: {claim: sub, prefix: ''}}";
    assertThat(user(silent, claims.formatted("kim@partner.example", "true")).verifiedEmail())
        .isEmpty();
    wrong(
        "claimMappings: {username: {claim: sub, prefix: ''},"
            + " extra: [{key: argosy.dev/other, valueExpression: 'claims.sub'}]}",
        "is of a domain that is reserved");
  }

  private static void refused(String mappings, String claims, String why) {
    assertThatThrownBy(() -> user(mappings, claims))
        .isInstanceOf(BadClaimsException.class)
        .hasMessageContaining(why);
  }

  /** An operator's mapping makes nobody a part of the system. */
  @Test
  void namesOfTheSystemAreNobodys() {
    String plain =
        """
        claimMappings:
          username: {claim: sub, prefix: ''}
          groups: {claim: roles, prefix: ''}
        """;
    refused(plain, "{\"sub\":\"system:admin\"}", "of the system");
    refused(plain, "{\"sub\":\"kim\",\"roles\":[\"system:masters\"]}", "of the system");
    refused(plain, "{\"sub\":\"kim\",\"roles\":\"system:masters\"}", "of the system");
    refused(plain, "{\"sub\":\"kim\",\"roles\":[7]}", "not all texts");
    refused(plain, "{\"sub\":[\"kim\"]}", "no text");
    refused(plain, "{}", "no username");
    refused(
        plain.replace("sub", "email"),
        "{\"email\":\"a@b\",\"email_verified\":false}",
        "not verified");
  }

  @Test
  void badFilesSayAllThatIsToBeMended() {
    wrong("claimMappings: {}", "jwt[0].claimMappings.username: Required value");
    wrong(
        """
        claimMapping: {}
        claimMappings:
          username: {claim: sub, expression: claims.sub}
          groups: {claim: roles}
          uid: {expression: 'claims.('}
          extra:
          - {key: NOPE, valueExpression: 'claims.sub'}
          - {key: sub.kubernetes.io/x, valueExpression: 'claims.sub'}
          - {key: argosy.dev/cluster, valueExpression: 'claims.sub'}
        claimValidationRules:
        - {claim: a, expression: 'true'}
        - {expression: '1 + 1'}
        userValidationRules:
        - {expression: 'claims.sub == "x"'}
        """,
        "jwt[0].claimMapping: unknown field",
        "jwt[0].claimMappings.username: Required value: exactly one of claim and expression",
        "jwt[0].claimMappings.groups.prefix: Required value",
        "jwt[0].claimMappings.uid.expression: Invalid value: \"claims.(\": compilation failed:",
        "jwt[0].claimMappings.extra[0].key: Invalid value: \"NOPE\"",
        "jwt[0].claimMappings.extra[1].key: Invalid value: \"sub.kubernetes.io/x\"",
        "jwt[0].claimMappings.extra[2].key: Invalid value: \"argosy.dev/cluster\"",
        "jwt[0].claimValidationRules[0]: Required value",
        "jwt[0].claimValidationRules[1].expression: Invalid value: must evaluate to bool",
        "jwt[0].userValidationRules[0].expression: Invalid value");
    wrong(
        "claimMappings: {username: {expression: claims.email}}",
        "claims.email_verified must be used");
    assertThatThrownBy(() -> read(HEAD.replace("https", "http")))
        .hasMessageContaining("jwt[0].issuer.url")
        .hasMessageContaining("URL scheme must be https");
    assertThatThrownBy(() -> read(HEAD.replace("[argosy]", "[a, b]")))
        .hasMessageContaining("must be MatchAny for multiple audiences");
    assertThatThrownBy(() -> read(HEAD.replace("[argosy]", "[]")))
        .hasMessageContaining("jwt[0].issuer.audiences: Required value");
    assertThatThrownBy(() -> read(HEAD + "    certificateAuthority: nonsense\n"))
        .hasMessageContaining("jwt[0].issuer.certificateAuthority: Invalid value");
    assertThatThrownBy(() -> read(HEAD.replace("/v1", "/v9")))
        .hasMessageContaining("must be an AuthenticationConfiguration");
    assertThatThrownBy(() -> read(HEAD + "anonymous: {enabled: true}\n"))
        .hasMessageContaining("anonymous: is not served");
    for (String text : List.of("", "a: [", "- x", "jwt: 7")) {
      assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(IllegalArgumentException.class);
    }
    String twice = HEAD + "  claimMappings: {username: {claim: sub, prefix: ''}}\n";
    assertThatThrownBy(() -> read(twice + twice.substring(twice.indexOf("- issuer"))))
        .hasMessageContaining("jwt[1].issuer.url: Duplicate value");
    assertThat(read(twice).getFirst().discoveryUrl())
        .isEqualTo("https://id.example.com/.well-known/openid-configuration");
  }
}
