package dev.argosy.server.authn;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;

/** Tokens that look like those of service accounts whose account is not there. */
final class FakeClaims {

  private FakeClaims() {}

  static List<String> ofAccount(TokenKeys keys) {
    return List.of(
        keys.sign(new JWTClaimsSet.Builder().issuer(ServiceAccountNames.issuer("acme")).build()),
        keys.sign(new JWTClaimsSet.Builder().issuer(LegacyTokens.ISSUER).build()));
  }
}
