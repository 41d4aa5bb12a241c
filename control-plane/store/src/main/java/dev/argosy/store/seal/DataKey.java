package dev.argosy.store.seal;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A data key, ready for use. It encrypts nothing itself: each value has a key derived from it by a
 * salt of its own, so that random nonces stay far from their limit however much a cluster writes.
 *
 * @param id tells a cluster's data keys apart, and is never used again
 */
record DataKey(long id, SecretKey root) {

  static final int BYTES = 32;

  DataKey(long id, byte[] root) {
    this(id, new SecretKeySpec(root, "HKDF"));
  }

  /** The AES-256 key of a value (RFC 5869, expand). */
  SecretKey of(byte[] salt) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey("AES", HKDFParameterSpec.expandOnly(root, salt, BYTES));
  }

  /** An id as people see it. */
  static String text(long id) {
    return String.format("%016x", id);
  }

  static long id(String text) {
    return Long.parseUnsignedLong(text, 16);
  }

  @Override
  public String toString() {
    return "DataKey[" + text(id) + "]";
  }
}
