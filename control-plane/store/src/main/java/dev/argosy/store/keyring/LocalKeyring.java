package dev.argosy.store.keyring;

import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key-encryption keys of a file, used with AES-256-GCM. A new last line is the new key; lines may
 * go when nothing is wrapped with their keys any more.
 */
public final class LocalKeyring implements KeyService {

  private static final Logger LOG = LoggerFactory.getLogger(LocalKeyring.class);
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private volatile SequencedMap<String, SecretKey> keys;

  private LocalKeyring(Path file, SequencedMap<String, SecretKey> keys) {
    this.file = file;
    this.keys = keys;
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if it cannot be used; says why
   */
  public static LocalKeyring of(Path file) {
    return new LocalKeyring(file, KeyringFile.read(file));
  }

  /**
   * Reads the file again. If it cannot be used, the keys stay as they were, and the log has why.
   */
  @Override
  public void refresh() {
    try {
      keys = KeyringFile.read(file);
    } catch (IllegalArgumentException e) {
      LOG.error("the keys stay as they were: {}", e.getMessage(), e.getCause());
    }
  }

  @Override
  public List<String> keys() {
    return List.copyOf(keys.sequencedKeySet());
  }

  @Override
  public boolean local() {
    return true;
  }

  @Override
  public WrappedKey wrap(String keyId, byte[] dataKey, byte[] context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(keyId), nonce, context);
      byte[] sealed = cipher.doFinal(dataKey);
      byte[] all = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
      return new WrappedKey(keyId, all, Map.of());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    SecretKey key = key(wrapped.keyId());
    ByteBuffer all = ByteBuffer.wrap(wrapped.bytes());
    if (all.remaining() <= NONCE) {
      throw changed();
    }
    byte[] nonce = new byte[NONCE];
    all.get(nonce);
    byte[] sealed = new byte[all.remaining()];
    all.get(sealed);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw changed();
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  private SecretKey key(String id) {
    SecretKey key = keys.get(id);
    if (key == null) {
      throw new KeyServiceException(
          "the keyring of this API server lacks the key-encryption key "
              + id
              + "; put its line back into the keyring file, from a backup or another server");
    }
    return key;
  }

  private static KeyServiceException changed() {
    return new KeyServiceException(
        "the wrapped data key is not what it was when it was written; restore it from a backup of"
            + " etcd");
  }
}
