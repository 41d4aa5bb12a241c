package dev.argosy.store.kms;

import com.google.protobuf.ByteString;
import java.util.Map;

/**
 * A seed as the service wrapped it, with Kubernetes' bounds on what a plug-in answers.
 *
 * @param keyId the service's id of the key that it used
 * @param ciphertext only the service makes sense of it
 * @param annotations what else it wants to see again, in Base64; no secrets
 */
record SealedSeed(String keyId, ByteString ciphertext, Map<String, String> annotations) {

  static final int LONGEST_ID = 1024;
  static final int LONGEST_TEXT = 1024;
  private static final int ANNOTATIONS = 44 * 1024; // 32 KiB before Base64

  SealedSeed {
    annotations = Map.copyOf(annotations);
    if (ciphertext.isEmpty() || ciphertext.size() > LONGEST_TEXT) {
      throw new IllegalArgumentException("a ciphertext of " + ciphertext.size() + " bytes");
    }
    checkId(keyId);
    int size = 0;
    for (Map.Entry<String, String> each : annotations.entrySet()) {
      size += each.getKey().length() + each.getValue().length();
    }
    if (size > ANNOTATIONS) {
      throw new IllegalArgumentException("annotations of " + size + " bytes");
    }
  }

  /**
   * Refuses what cannot be the id of a key.
   *
   * @throws IllegalArgumentException says why
   */
  static void checkId(String keyId) {
    if (keyId.isEmpty() || keyId.length() > LONGEST_ID) {
      throw new IllegalArgumentException("a key_id of " + keyId.length() + " characters");
    }
  }

  /** What was wrapped with it, and by which seed, is nobody's business in a log. */
  @Override
  public String toString() {
    return "SealedSeed[" + ciphertext.size() + " bytes]";
  }
}
