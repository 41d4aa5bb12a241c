package dev.argosy.tenancy.audit;

import java.util.HexFormat;

/**
 * The SHA-256 of an entry and, through that of the entry before, of all before it.
 *
 * @param hex 64 digits, small letters; others only where somebody has changed the database
 */
public record ChainHash(String hex) {

  /** Before the first entry of a chain. */
  public static final ChainHash NONE = new ChainHash("0".repeat(64));

  /**
   * The hash that somebody noted.
   *
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits in small letters
   */
  public static ChainHash parse(String hex) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a hash has 64 hexadecimal digits");
    }
    return new ChainHash(hex);
  }

  static ChainHash of(byte[] bytes) {
    return new ChainHash(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
