package dev.argosy.store.kms;

import io.grpc.Status;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The service behind the plug-in of the tests. Any thread. */
final class KmsVault {

  private static final int NONCE = 12;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private String current = "";
  private String told = "";

  KmsVault() {
    rotate();
  }

  synchronized void rotate() {
    rotateUntold();
    told = current;
  }

  synchronized void rotateUntold() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    current = "arn:key/" + UUID.randomUUID();
    keys.put(current, new SecretKeySpec(key, "AES"));
  }

  synchronized void forget() {
    keys.keySet().removeIf(id -> !id.equals(current));
  }

  synchronized String current() {
    return current;
  }

  synchronized String told() {
    return told;
  }

  synchronized byte[] encrypt(String keyId, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, keyId, nonce, plain);
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  synchronized byte[] decrypt(String keyId, byte[] ciphertext) {
    ByteBuffer all = ByteBuffer.wrap(ciphertext);
    byte[] nonce = new byte[Math.min(NONCE, ciphertext.length)];
    all.get(nonce);
    byte[] sealed = new byte[all.remaining()];
    all.get(sealed);
    return run(Cipher.DECRYPT_MODE, keyId, nonce, sealed);
  }

  private byte[] run(int mode, String keyId, byte[] nonce, byte[] bytes) {
    SecretKeySpec key = keys.get(keyId);
    if (key == null) {
      throw Status.NOT_FOUND.withDescription("no key " + keyId).asRuntimeException();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw Status.INVALID_ARGUMENT.withDescription("bad ciphertext").asRuntimeException();
    }
  }
}
