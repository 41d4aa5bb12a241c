package dev.argosy.server.authn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers checked tokens by SHA-256. Two generations bound it: when the young one is full it
 * becomes the old one, and what is still asked for moves up again.
 *
 * @param <V> what is known of a token
 */
final class CheckedTokens<V> {

  private final int generation;
  private volatile ConcurrentHashMap<String, V> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<String, V> old = new ConcurrentHashMap<>();

  /**
   * @param capacity about as many tokens as are remembered
   */
  CheckedTokens(int capacity) {
    generation = Math.max(1, capacity / 2);
  }

  static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Nullable V find(String hash) {
    V found = young.get(hash);
    if (found == null) {
      found = old.get(hash);
      if (found != null) {
        remember(hash, found);
      }
    }
    return found;
  }

  void remember(String hash, V found) {
    ConcurrentHashMap<String, V> map = young;
    map.put(hash, found);
    if (map.size() > generation) {
      turn(map);
    }
  }

  private synchronized void turn(ConcurrentHashMap<String, V> full) {
    if (young == full) {
      old = full;
      young = new ConcurrentHashMap<>();
    }
  }

  void forget(String hash) {
    young.remove(hash);
    old.remove(hash);
  }
}
