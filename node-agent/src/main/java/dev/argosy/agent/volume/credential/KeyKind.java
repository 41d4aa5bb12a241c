package dev.argosy.agent.volume.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of keys that a pod may ask for, by Kubernetes' names. */
enum KeyKind {
  RSA3072("RSA", rsa(3072)),
  RSA4096("RSA", rsa(4096)),
  ECDSAP256("EC", new ECGenParameterSpec("secp256r1")),
  ECDSAP384("EC", new ECGenParameterSpec("secp384r1")),
  ECDSAP521("EC", new ECGenParameterSpec("secp521r1")),
  ED25519("Ed25519", NamedParameterSpec.ED25519);

  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final String algorithm;
  private final AlgorithmParameterSpec size;

  KeyKind(String algorithm, AlgorithmParameterSpec size) {
    this.algorithm = algorithm;
    this.size = size;
  }

  private static AlgorithmParameterSpec rsa(int bits) {
    return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
  }

  static Optional<KeyKind> of(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** A new key; one of RSA takes its time. */
  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java makes no keys of kind " + this, e);
    }
  }

  /** Shows that whoever asks for that pod has the key. */
  byte[] prove(PrivateKey key, String podUid) {
    try {
      Signature signature =
          switch (algorithm) {
            case "RSA" -> Signature.getInstance("RSASSA-PSS");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            default -> Signature.getInstance("Ed25519");
          };
      if (algorithm.equals("RSA")) {
        signature.setParameter(PSS);
      }
      signature.initSign(key);
      signature.update(podUid.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java signs with no keys of kind " + this, e);
    }
  }
}
