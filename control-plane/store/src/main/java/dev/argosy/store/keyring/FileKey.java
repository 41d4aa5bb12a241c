package dev.argosy.store.keyring;

import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A key-encryption key that stands in the file itself, used with AES-256-GCM.
 *
 * @param id a name and a fingerprint of the key
 */
record FileKey(String id, SecretKey key) implements KeyService {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  @Override
  public List<String> keys() {
    return List.of(id);
  }

  @Override
  public void refresh() {}

  @Override
  public boolean shared(String keyId, Collection<String> others) {
    return others.contains(keyId);
  }

  @Override
  public Optional<String> trouble(String keyId) {
    return Optional.empty();
  }

  @Override
  public WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(dataKey);
      byte[] all = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
      return new WrappedKey(id, all, Map.of());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    ByteBuffer all = ByteBuffer.wrap(wrapped.bytes());
    if (all.remaining() <= NONCE) {
      throw changed();
    }
    byte[] nonce = new byte[NONCE];
    all.get(nonce);
    byte[] sealed = new byte[all.remaining()];
    all.get(sealed);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw changed();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  private static KeyServiceException changed() {
    return new KeyServiceException(
        "the wrapped data key is not what it was when it was written; restore it from a backup of"
            + " etcd");
  }

  /** The key is nobody's business in a log. */
  @Override
  public String toString() {
    return id;
  }
}
