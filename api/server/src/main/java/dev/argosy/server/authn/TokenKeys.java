package dev.argosy.server.authn;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.argosy.server.pki.PkiFolder;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of service-account tokens: one signs, all are believed. RSA signs RS256, P-256 signs
 * ES256. A key's id is its JWK thumbprint (RFC 7638).
 */
public final class TokenKeys {

  private final PrivateKey signing;
  private final JWK signingPublic;
  private final Map<String, PublicKey> believed = new LinkedHashMap<>();
  private final JWKSet published;

  /**
   * @param publicKeys the signing key's own first
   * @throws IllegalArgumentException for keys that are neither RSA nor P-256
   */
  public TokenKeys(PrivateKey signing, List<PublicKey> publicKeys) {
    this.signing = signing;
    List<JWK> jwks = publicKeys.stream().map(TokenKeys::jwk).toList();
    if (jwks.isEmpty()) {
      throw new IllegalArgumentException("service-account tokens need a public key");
    }
    this.signingPublic = jwks.getFirst();
    for (int i = 0; i < jwks.size(); i++) {
      believed.put(jwks.get(i).getKeyID(), publicKeys.get(i));
    }
    this.published = new JWKSet(jwks);
  }

  public static TokenKeys of(PkiFolder pki) {
    return new TokenKeys(pki.tokenKey(), pki.tokenPublicKeys());
  }

  private static JWK jwk(PublicKey key) {
    try {
      return switch (key) {
        case RSAPublicKey rsa ->
            new RSAKey.Builder(rsa)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint()
                .build();
        case ECPublicKey ec ->
            new ECKey.Builder(Curve.P_256, ec)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint()
                .build();
        default -> throw new IllegalArgumentException("not an RSA or P-256 key");
      };
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not an RSA or P-256 key", e);
    }
  }

  /** The claims as a signed token. */
  String sign(JWTClaimsSet claims) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm()).keyID(keyId()).type(JOSEObjectType.JWT).build();
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer());
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the token key cannot sign", e);
    }
  }

  private JWSSigner signer() throws JOSEException {
    return signing instanceof ECPrivateKey ec ? new ECDSASigner(ec) : new RSASSASigner(signing);
  }

  JWSAlgorithm algorithm() {
    return signing instanceof ECPrivateKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
  }

  private String keyId() {
    return signingPublic.getKeyID();
  }

  boolean signed(Jwt token) {
    PublicKey named = believed.get(token.keyId());
    return named != null
        ? token.signedBy(named)
        : token.keyId().isEmpty() && believed.values().stream().anyMatch(token::signedBy);
  }

  /** The public keys as a JSON Web Key Set. */
  String published() {
    return published.toString(true);
  }
}
