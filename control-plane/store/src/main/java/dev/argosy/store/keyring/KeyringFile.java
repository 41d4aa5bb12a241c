package dev.argosy.store.keyring;

import dev.argosy.store.kms.KmsEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file with key-encryption keys, one a line, the last is the newest: a name, a space, and 32
 * bytes in Base64, or the address {@code unix:///PATH} of a KMS plug-in and, if it may take longer
 * than others, how long ({@code PT10S}). Empty lines and those that begin with {@code #} say
 * nothing.
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

  /** What a line has. */
  sealed interface Line {
    record Key(FileKey key) implements Line {}

    record Plugin(KmsEndpoint endpoint) implements Line {}
  }

  /** All lines, the newest first; at least one. */
  record Content(List<Line> lines) {
    Content {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Reads a file. The id of a key is its name and a fingerprint, so that two keys of one name are
   * never taken for each other.
   *
   * @throws IllegalArgumentException if it is no such file, or others may read it; names no key
   */
  static Content read(Path file) {
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

  private static Content parse(Path file, String text) {
    SequencedMap<String, Line> lines = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        add(line.strip(), file + " line " + number, lines);
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("the keyring " + file + " has no key");
    }
    return new Content(List.copyOf(lines.sequencedValues()));
  }

  private static void add(String line, String place, SequencedMap<String, Line> lines) {
    String[] words = line.split("\\s+");
    if (words.length < 2 || words.length > 3 || !words[0].matches("[A-Za-z0-9-]{1,63}")) {
      throw expected(place);
    }
    if (words[1].startsWith("unix:")) {
      if (lines.putFirst(words[0] + ":", plugin(words, place)) != null) {
        throw new IllegalArgumentException(place + ": another plug-in has this name");
      }
    } else if (words.length == 2) {
      FileKey key = key(words, place);
      lines.putFirst(key.id(), new Line.Key(key));
    } else {
      throw expected(place);
    }
  }

  private static IllegalArgumentException expected(String place) {
    return new IllegalArgumentException(
        place
            + ": expected NAME BASE64 or NAME unix:///PATH [TIME], a name of letters, digits and"
            + " dashes");
  }

  private static Line plugin(String[] words, String place) {
    try {
      Duration time = words.length == 3 ? Duration.parse(words[2]) : KmsEndpoint.TIME;
      return new Line.Plugin(KmsEndpoint.of(words[0], words[1], time));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(place + ": expected a time such as PT10S");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage());
    }
  }

  private static FileKey key(String[] words, String place) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(words[1]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + ": the key is no Base64");
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(place + ": the key must have 32 bytes");
    }
    return new FileKey(words[0] + "." + fingerprint(bytes), new SecretKeySpec(bytes, "AES"));
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
