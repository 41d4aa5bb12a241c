package dev.argosy.server.history;

import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of a recorded revision: the resourceVersion, and a hash of which object it is of, since
 * one transaction may write several.
 */
record RevisionName(long revision, String hash) {

  private static final int HASH_BYTES = 5;

  static RevisionName of(ObjectKey key, long revision) {
    return new RevisionName(revision, hash(key));
  }

  /** What a name says; empty if no revision can have it. */
  static Optional<RevisionName> parse(String name) {
    int dash = name.indexOf('-');
    if (dash < 1 || !name.matches("[1-9][0-9]{0,17}-[0-9a-f]{10}")) {
      return Optional.empty();
    }
    return Optional.of(
        new RevisionName(Long.parseLong(name.substring(0, dash)), name.substring(dash + 1)));
  }

  private static String hash(ObjectKey key) {
    String text =
        String.join(
            "\n", key.resource().group(), key.resource().resource(), key.namespace(), key.name());
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return revision + "-" + hash;
  }
}
