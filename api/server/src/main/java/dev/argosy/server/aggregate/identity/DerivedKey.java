package dev.argosy.server.aggregate.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A key on the curve P-256 that follows from a secret and a name: every server of the platform has
 * the same one, and nobody has to keep it.
 */
record DerivedKey(ECPrivateKeyParameters secret, PublicKey open) {

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");

  static DerivedKey of(byte[] master, String name) {
    BigInteger wide = new BigInteger(1, code(master, name));
    BigInteger number = wide.mod(CURVE.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    org.bouncycastle.math.ec.ECPoint point =
        new FixedPointCombMultiplier().multiply(CURVE.getG(), number).normalize();
    return new DerivedKey(
        new ECPrivateKeyParameters(number, new ECDomainParameters(CURVE)),
        open(
            new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger())));
  }

  /** Twice as long as a key, so that no key is likelier than another. */
  private static byte[] code(byte[] master, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(master, "HmacSHA512"));
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-512", e);
    }
  }

  private static PublicKey open(ECPoint point) {
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      return KeyFactory.getInstance("EC")
          .generatePublic(
              new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }
}
