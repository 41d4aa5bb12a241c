package dev.argosy.server.authn;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/** Keys for service-account tokens, made on the spot. */
public final class TestKeys {

  private TestKeys() {}

  public static KeyPair p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TokenKeys tokens() {
    KeyPair pair = p256();
    return new TokenKeys(pair.getPrivate(), List.of(pair.getPublic()));
  }
}
