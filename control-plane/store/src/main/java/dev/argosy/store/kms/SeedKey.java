package dev.argosy.store.kms;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A seed in the clear, which wraps data keys with AES-256-GCM. A wrapped data key is: a one, the
 * length of the seed's ciphertext (2 bytes), the ciphertext, a nonce (12), ciphertext and tag. All
 * before it and the context are authenticated with it.
 *
 * @param sealed as the service wrapped it
 */
record SeedKey(SealedSeed sealed, SecretKey key) {

  static final int BYTES = 32;
  private static final byte FORM = 1;
  private static final int PREFIX = 1 + Short.BYTES;
  private static final int NONCE = 12;
  private static final int TAG = 16;

  SeedKey(SealedSeed sealed, byte[] bytes) {
    this(sealed, new SecretKeySpec(bytes, "AES"));
  }

  byte[] wrap(byte[] dataKey, byte[] context, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    int head = PREFIX + sealed.ciphertext().size() + NONCE;
    ByteBuffer all = ByteBuffer.allocate(head + dataKey.length + TAG);
    all.put(FORM).putShort((short) sealed.ciphertext().size());
    all.put(sealed.ciphertext().asReadOnlyByteBuffer()).put(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, all.array(), head, context);
      cipher.doFinal(dataKey, 0, dataKey.length, all.array(), head);
      return all.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * The data key.
   *
   * @throws GeneralSecurityException if any of it is not what was wrapped with this seed
   */
  byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
    int head = PREFIX + sealed.ciphertext().size() + NONCE;
    return cipher(Cipher.DECRYPT_MODE, wrapped, head, context)
        .doFinal(wrapped, head, wrapped.length - head);
  }

  private Cipher cipher(int mode, byte[] all, int head, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, all, head - NONCE, NONCE));
    cipher.updateAAD(all, 0, head);
    cipher.updateAAD(context);
    return cipher;
  }

  /**
   * The seed that a data key was wrapped with.
   *
   * @throws IllegalArgumentException if it is no such thing
   */
  static SealedSeed sealed(String keyId, byte[] wrapped, Map<String, String> notes) {
    int length = wrapped.length < PREFIX ? 0 : ByteBuffer.wrap(wrapped).getShort(1);
    if (length <= 0 || wrapped[0] != FORM || wrapped.length < PREFIX + length + NONCE + TAG) {
      throw new IllegalArgumentException("no wrapped data key");
    }
    return new SealedSeed(keyId, ByteString.copyFrom(wrapped, PREFIX, length), notes);
  }

  @Override
  public String toString() {
    return "SeedKey[" + sealed + "]";
  }
}
