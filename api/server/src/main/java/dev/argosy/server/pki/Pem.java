package dev.argosy.server.pki;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Reads keys and certificates as OpenSSL writes them (PKCS#1, SEC 1, PKCS#8, X.509). */
public final class Pem {

  private Pem() {}

  /** Everything in a PEM text that is a key or a certificate, in order. */
  static List<Object> entries(Reader text) throws IOException {
    List<Object> entries = new ArrayList<>();
    try (PEMParser parser = new PEMParser(text)) {
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /**
   * The private key in a file.
   *
   * @throws IllegalArgumentException if there is none; names the file, never its content
   */
  public static PrivateKey privateKey(Path file) {
    for (Object entry : read(file)) {
      if (entry instanceof PEMKeyPair pair) {
        return privateKey(file, pair.getPrivateKeyInfo());
      }
      if (entry instanceof PrivateKeyInfo info) {
        return privateKey(file, info);
      }
    }
    throw new IllegalArgumentException(file + " holds no private key");
  }

  /** All public keys in a file, those of private keys and certificates included. */
  public static List<PublicKey> publicKeys(Path file) {
    List<PublicKey> keys = new ArrayList<>();
    for (Object entry : read(file)) {
      switch (entry) {
        case SubjectPublicKeyInfo info -> keys.add(publicKey(file, info));
        case PEMKeyPair pair -> keys.add(publicKey(file, pair.getPublicKeyInfo()));
        case X509CertificateHolder holder -> keys.add(certificate(holder).getPublicKey());
        default -> {}
      }
    }
    return keys;
  }

  /** All certificates in a file, in order. */
  public static List<X509Certificate> certificates(Path file) {
    return certificates(read(file));
  }

  /** All certificates in a text, in order. */
  public static List<X509Certificate> certificates(String text) {
    try {
      return certificates(entries(new StringReader(text)));
    } catch (IOException e) {
      throw new IllegalArgumentException("not PEM", e);
    }
  }

  private static List<X509Certificate> certificates(List<Object> entries) {
    return entries.stream()
        .filter(X509CertificateHolder.class::isInstance)
        .map(entry -> certificate((X509CertificateHolder) entry))
        .toList();
  }

  static X509Certificate certificate(X509CertificateHolder holder) {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
  }

  private static List<Object> read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return entries(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  private static PrivateKey privateKey(Path file, PrivateKeyInfo info) {
    try {
      return factory(info.getPrivateKeyAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static PublicKey publicKey(Path file, SubjectPublicKeyInfo info) {
    try {
      return factory(info.getAlgorithm()).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  /** Through the Java platform's own providers, which know elliptic keys as "EC" only. */
  private static KeyFactory factory(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
    boolean elliptic = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    return KeyFactory.getInstance(elliptic ? "EC" : "RSA");
  }

  private static IllegalArgumentException unusable(Path file, Exception cause) {
    return new IllegalArgumentException(file + " holds a key that cannot be used", cause);
  }
}
