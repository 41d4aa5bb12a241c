package dev.argosy.store.keyring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of a file, one a line: a name, a space, 32 bytes in Base64. The last is the newest.
 * Empty lines and those that begin with {@code #} say nothing.
 */
final class KeyringFile {

  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private KeyringFile() {}

  /**
   * Reads the keys, the newest first, by their ids: the name and a fingerprint, so that two keys of
   * one name are never taken for each other.
   *
   * @throws IllegalArgumentException if it is no such file, or others may read it; names no key
   */
  static SequencedMap<String, SecretKey> read(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new IllegalArgumentException(
            "others than its owner may use the keyring " + file + "; chmod 600 " + file);
      }
      return parse(file, Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException("the keyring " + file + " cannot be read", e);
    }
  }

  private static SequencedMap<String, SecretKey> parse(Path file, String text) {
    SequencedMap<String, SecretKey> keys = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        Map.Entry<String, SecretKey> key = key(line.strip(), file + " line " + number);
        keys.putFirst(key.getKey(), key.getValue());
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the keyring " + file + " has no key");
    }
    return keys;
  }

  private static Map.Entry<String, SecretKey> key(String line, String place) {
    String[] words = line.split("\\s+");
    if (words.length != 2 || !words[0].matches("[A-Za-z0-9-]{1,63}")) {
      throw new IllegalArgumentException(
          place + ": expected NAME BASE64, a name of letters," + " digits and dashes");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(words[1]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": the key is no Base64");
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(place + ": the key must have 32 bytes");
    }
    return Map.entry(words[0] + "." + fingerprint(bytes), new SecretKeySpec(bytes, "AES"));
  }

  /** Tells keys apart and nothing else: 32 bits of the digest of 256 random ones. */
  private static String fingerprint(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("argosy keyring\n".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(key), 0, 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
