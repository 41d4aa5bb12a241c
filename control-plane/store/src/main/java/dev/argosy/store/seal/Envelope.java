package dev.argosy.store.seal;

import dev.argosy.model.object.ObjectKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The form of a sealed value: {@code sealed1} and a zero byte, the data key's id (8 bytes), a salt
 * (16), a nonce (12), then AES-256-GCM's ciphertext and tag. All that stands before the ciphertext
 * and the object's key are authenticated with it, so a value opens nowhere but where it was
 * written.
 */
final class Envelope {

  private static final byte[] MAGIC = "sealed1\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int HEADER = MAGIC.length + Long.BYTES + SALT + NONCE;

  private Envelope() {}

  /** Whether bytes are a sealed value; canonical JSON, which begins with a brace, never is. */
  static boolean is(byte[] value) {
    return value.length > 0
        && value[0] == MAGIC[0]
        && value.length >= MAGIC.length
        && Arrays.equals(value, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** The id of the data key that a sealed value needs. */
  static long keyId(byte[] sealed) {
    return sealed.length < HEADER ? 0 : ByteBuffer.wrap(sealed).getLong(MAGIC.length);
  }

  static byte[] seal(DataKey key, ObjectKey place, byte[] plain, SecureRandom random) {
    byte[] fresh = new byte[SALT + NONCE];
    random.nextBytes(fresh);
    byte[] sealed = new byte[HEADER + plain.length + TAG];
    ByteBuffer.wrap(sealed).put(MAGIC).putLong(key.id()).put(fresh);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, place, sealed);
      cipher.doFinal(plain, 0, plain.length, sealed, HEADER);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM and HKDF", e);
    }
  }

  /**
   * The plain value.
   *
   * @throws AEADBadTagException if any of it is not what was sealed at this place with this key
   */
  static byte[] open(DataKey key, ObjectKey place, byte[] sealed) throws AEADBadTagException {
    if (sealed.length < HEADER + TAG) {
      throw new AEADBadTagException("too short");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, place, sealed)
          .doFinal(sealed, HEADER, sealed.length - HEADER);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM and HKDF", e);
    }
  }

  private static Cipher cipher(int mode, DataKey key, ObjectKey place, byte[] sealed)
      throws GeneralSecurityException {
    int salt = MAGIC.length + Long.BYTES;
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        key.of(Arrays.copyOfRange(sealed, salt, salt + SALT)),
        new GCMParameterSpec(TAG * Byte.SIZE, sealed, salt + SALT, NONCE));
    cipher.updateAAD(sealed, 0, HEADER);
    cipher.updateAAD(bytes(place));
    return cipher;
  }

  /** Each part with its length before it, so that no two places are written alike. */
  static byte[] bytes(ObjectKey place) {
    StringBuilder text = new StringBuilder();
    add(text, place.resource().group());
    add(text, place.resource().resource());
    add(text, place.cluster());
    add(text, place.namespace());
    add(text, place.name());
    return text.toString().getBytes(StandardCharsets.UTF_16BE);
  }

  private static void add(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
