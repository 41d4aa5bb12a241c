package dev.argosy.console.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.argosy.model.access.IdentityClaims;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The conversation with the OpenID provider. Its metadata is fetched at first use, and again after
 * a failure. Any thread may call.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core</a>
 */
final class OidcProvider {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final OidcSettings settings;
  private final Clock clock;
  private volatile @Nullable OIDCProviderMetadata metadata;

  OidcProvider(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Where to send the browser for this attempt. */
  URI loginUrl(LoginAttempt attempt) throws LoginFailedException {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope(settings.scopes().toArray(String[]::new)),
            clientId(),
            settings.callback())
        .endpointURI(metadata().getAuthorizationEndpointURI())
        .state(attempt.state())
        .nonce(attempt.nonce())
        .codeChallenge(attempt.verifier(), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * Completes an attempt.
   *
   * @param answer the whole URL that the provider sent the browser to
   */
  Login complete(LoginAttempt attempt, URI answer) throws LoginFailedException {
    AuthorizationCode code = codeOf(attempt, answer);
    return login(
        new AuthorizationCodeGrant(code, settings.callback(), attempt.verifier()), attempt.nonce());
  }

  /** The same log-in with a new expiry, or a failure if the provider has ended it. */
  Login refresh(Login login) throws LoginFailedException {
    if (login.refreshToken().isEmpty()) {
      throw new LoginFailedException("the log-in has expired");
    }
    return login(new RefreshTokenGrant(new RefreshToken(login.refreshToken())), null);
  }

  /** Where to send the browser to log out at the provider too. */
  URI logoutUrl(Login login) throws LoginFailedException {
    try {
      JWT hint = com.nimbusds.jwt.JWTParser.parse(login.idToken());
      return new LogoutRequest(
              metadata().getEndSessionEndpointURI(),
              hint,
              null,
              clientId(),
              URI.create(settings.publicUrl() + "/"),
              null,
              null)
          .toURI();
    } catch (java.text.ParseException e) {
      throw new LoginFailedException("the ID token cannot be read", e);
    }
  }

  private static AuthorizationCode codeOf(LoginAttempt attempt, URI answer)
      throws LoginFailedException {
    AuthenticationResponse response;
    try {
      response = AuthenticationResponseParser.parse(answer);
    } catch (ParseException e) {
      throw new LoginFailedException("the provider's answer cannot be read", e);
    }
    if (response instanceof AuthenticationErrorResponse error) {
      throw new LoginFailedException("the provider refused: " + error.getErrorObject().getCode());
    }
    if (!attempt.state().equals(response.getState())) {
      throw new LoginFailedException("the answer belongs to another log-in");
    }
    return ((AuthenticationSuccessResponse) response).getAuthorizationCode();
  }

  private Login login(AuthorizationGrant grant, @Nullable Nonce nonce) throws LoginFailedException {
    try {
      OIDCTokens tokens = exchange(grant);
      var claims = validator().validate(tokens.getIDToken(), nonce);
      UserInfo user = user(claims.toJSONObject());
      RefreshToken refresh = tokens.getRefreshToken();
      long lifetime = tokens.getAccessToken().getLifetime();
      return new Login(
          user,
          tokens.getIDTokenString(),
          refresh == null ? "" : refresh.getValue(),
          clock.instant().plusSeconds(lifetime));
    } catch (BadJOSEException | JOSEException e) {
      throw new LoginFailedException("the ID token is not valid", e);
    }
  }

  private OIDCTokens exchange(AuthorizationGrant grant) throws LoginFailedException {
    URI endpoint = metadata().getTokenEndpointURI();
    TokenRequest request =
        settings.clientSecret().isEmpty()
            ? new TokenRequest.Builder(endpoint, clientId(), grant).build()
            : new TokenRequest.Builder(
                    endpoint,
                    new ClientSecretBasic(clientId(), new Secret(settings.clientSecret())),
                    grant)
                .build();
    try {
      var http = request.toHTTPRequest();
      http.setConnectTimeout(TIMEOUT_MILLIS);
      http.setReadTimeout(TIMEOUT_MILLIS);
      TokenResponse response = OIDCTokenResponseParser.parse(http.send());
      if (!response.indicatesSuccess()) {
        throw new LoginFailedException(
            "the provider gave no token: " + response.toErrorResponse().getErrorObject().getCode());
      }
      return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
    } catch (IOException | ParseException e) {
      throw unreachable(e);
    }
  }

  private IDTokenValidator validator() throws LoginFailedException {
    OIDCProviderMetadata known = metadata();
    try {
      return new IDTokenValidator(
          new Issuer(known.getIssuer()),
          clientId(),
          JWSAlgorithm.RS256,
          known.getJWKSetURI().toURL());
    } catch (java.net.MalformedURLException e) {
      throw unreachable(e);
    }
  }

  private UserInfo user(Map<String, Object> claims) throws LoginFailedException {
    String name = String.valueOf(claims.getOrDefault(settings.claims().userName(), ""));
    if (name.isEmpty() || name.startsWith("system:")) {
      throw new LoginFailedException(
          "the account has no usable \"" + settings.claims().userName() + "\"");
    }
    JsonNode tree = Json.mapper().valueToTree(claims);
    return new UserInfo(
        name,
        String.valueOf(claims.getOrDefault("sub", "")),
        groups(claims, tree),
        Map.of(),
        settings.claims().trustEmail() ? IdentityClaims.verifiedEmail(tree) : "");
  }

  /** As the API server makes them of the access token. */
  private List<String> groups(Map<String, Object> claims, JsonNode tree) {
    List<String> groups = new ArrayList<>();
    String organizations = settings.claims().organizations();
    if (claims.get(settings.claims().groups()) instanceof List<?> list) {
      list.stream()
          .map(String::valueOf)
          .filter(g -> !g.startsWith("system:"))
          .filter(g -> organizations.isEmpty() || !IdentityClaims.ofOrganization(g))
          .forEach(groups::add);
    }
    if (!organizations.isEmpty()) {
      groups.addAll(IdentityClaims.organizations(tree.path(organizations)));
    }
    groups.add(UserInfo.AUTHENTICATED);
    return groups;
  }

  private OIDCProviderMetadata metadata() throws LoginFailedException {
    OIDCProviderMetadata known = metadata;
    if (known == null) {
      try {
        known =
            OIDCProviderMetadata.resolve(
                new Issuer(settings.issuer()), TIMEOUT_MILLIS, TIMEOUT_MILLIS);
      } catch (GeneralException | IOException e) {
        throw unreachable(e);
      }
      metadata = known;
    }
    return known;
  }

  private LoginFailedException unreachable(Exception cause) {
    return new LoginFailedException(
        "the log-in service at " + settings.issuer() + " does not answer as it should", cause);
  }

  private ClientID clientId() {
    return new ClientID(settings.clientId());
  }
}
