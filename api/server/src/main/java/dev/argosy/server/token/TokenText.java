package dev.argosy.server.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A token as its holder has it: {@code argosy_pat_}, 16 digits of an id, 43 of a secret (256 bits),
 * 6 of a checksum over all before; digits of base 62. The beginning and the checksum are there so
 * that programs that look for lost secrets find tokens, and nothing else.
 *
 * @param id names it; no secret
 */
record TokenText(String id, String text) {

  private static final String PREFIX = "argosy_pat_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID = 16;
  private static final int SECRET = 43;
  private static final int CHECKSUM = 6;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (ID + SECRET + CHECKSUM) + "}");

  /** A new one. */
  static TokenText make(RandomGenerator random) {
    StringBuilder text = new StringBuilder(PREFIX);
    for (int i = 0; i < ID + SECRET; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    String whole = text.append(checksum(text.toString())).toString();
    return new TokenText(idOf(whole), whole);
  }

  /** Whether it can be nothing else, be it right or not. */
  static boolean looksLike(String text) {
    return text.startsWith(PREFIX);
  }

  /** Reads one; empty if it is none, or mistyped. */
  static Optional<TokenText> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = text.length() - CHECKSUM;
    return checksum(text.substring(0, end)).equals(text.substring(end))
        ? Optional.of(new TokenText(idOf(text), text))
        : Optional.empty();
  }

  private static String idOf(String text) {
    return text.substring(PREFIX.length(), PREFIX.length() + ID);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM];
    long left = crc.getValue();
    for (int i = CHECKSUM - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (left % DIGITS.length()));
      left /= DIGITS.length();
    }
    return new String(digits);
  }

  /**
   * What is kept of it: SHA-256, in hexadecimal. A slow hash with salt would add nothing, for 256
   * random bits can be neither guessed nor found in a table.
   */
  String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Shows no secret, wherever it may be printed. */
  @Override
  public String toString() {
    return PREFIX + id + "…";
  }
}
