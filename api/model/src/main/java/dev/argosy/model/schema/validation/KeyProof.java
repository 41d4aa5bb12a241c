package dev.argosy.model.schema.validation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Public keys in certificate requests of pods, and whether who asks has the private one. */
final class KeyProof {

  private static final int HASH_BYTES = 32;

  private KeyProof() {}

  /** The key in these bytes; empty if they are none, or one of a kind that is not taken. */
  static Optional<PublicKey> key(byte[] encoded) {
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        // of another kind, or of none
      }
    }
    return Optional.empty();
  }

  /** What is wrong with the key's size; empty if nothing is. */
  static String size(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        yield bits == 3072 || bits == 4096 ? "" : "RSA keys must have modulus size 3072 or 4096";
      }
      case ECPublicKey ec -> {
        int bits = ec.getParams().getOrder().bitLength();
        yield List.of(256, 384, 521).contains(bits)
            ? ""
            : "elliptic public keys must use curve P256, P384 or P521";
      }
      default -> "";
    };
  }

  /** Whether the key's owner signed the text. */
  static boolean holds(PublicKey key, byte[] proof, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (key) {
      case RSAPublicKey rsa -> {
        int most = (rsa.getModulus().bitLength() + 6) / 8 - HASH_BYTES - 2;
        yield pss(rsa, proof, bytes, most) || pss(rsa, proof, bytes, HASH_BYTES);
      }
      case ECPublicKey _ -> verified(key, "SHA256withECDSA", null, proof, bytes);
      default -> verified(key, "Ed25519", null, proof, bytes);
    };
  }

  /** Signers take as much salt as fits, or as much as the hash is long. */
  private static boolean pss(PublicKey key, byte[] proof, byte[] text, int salt) {
    PSSParameterSpec form =
        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1);
    return verified(key, "RSASSA-PSS", form, proof, text);
  }

  private static boolean verified(
      PublicKey key, String algorithm, @Nullable PSSParameterSpec form, byte[] proof, byte[] text) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      if (form != null) {
        signature.setParameter(form);
      }
      signature.initVerify(key);
      signature.update(text);
      return signature.verify(proof);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
