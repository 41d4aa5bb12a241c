package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses.
 *
 * @param address 4 or 16 bytes
 * @param bits how many of their leading bits all addresses share
 */
record Cidr(byte[] address, int bits) {

  private static final String FORM =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  /** The range; null if the text is none. */
  static @Nullable Cidr parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = slash < 0 ? null : Addresses.parse(text.substring(0, slash));
    String bits = text.substring(slash + 1);
    boolean number = !bits.isEmpty() && bits.length() < 4 && bits.chars().allMatch(Cidr::digit);
    if (address == null || !number) {
      return null;
    }
    byte[] bytes = address.getAddress();
    int length = Integer.parseInt(bits);
    return length <= bytes.length * 8 ? new Cidr(bytes, length) : null;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  boolean v4() {
    return address.length == 4;
  }

  /** Whether the address of that range lies in this one. */
  boolean contains(Cidr other) {
    return v4() == other.v4() && Arrays.equals(masked(address), masked(other.address));
  }

  private byte[] masked(byte[] bytes) {
    byte[] result = bytes.clone();
    for (int i = 0; i < result.length; i++) {
      int shared = Math.clamp(bits - i * 8L, 0, 8);
      result[i] &= (byte) (0xFF << (8 - shared));
    }
    return result;
  }

  /** Takes any way of writing a range. */
  static @Nullable Cidr lenient(String text, Path path, Checks checks) {
    Cidr cidr = parse(text);
    if (cidr == null) {
      checks.invalid(path, text, FORM);
    }
    return cidr;
  }

  /** Takes a range in its one canonical form only. */
  static @Nullable Cidr strict(String text, Path path, Checks checks) {
    Cidr cidr = lenient(text, path, checks);
    if (cidr == null) {
      return null;
    }
    byte[] first = cidr.masked(cidr.address);
    if (!Arrays.equals(first, cidr.address)) {
      checks.invalid(
          path,
          text,
          "must not have bits set beyond the prefix length; the canonical form is \""
              + Addresses.canonical(first)
              + "/"
              + cidr.bits
              + "\"");
    } else if (!text.equals(Addresses.canonical(first) + "/" + cidr.bits)) {
      checks.invalid(
          path,
          text,
          "must be in canonical form (\"" + Addresses.canonical(first) + "/" + cidr.bits + "\")");
    }
    return cidr;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cidr cidr && bits == cidr.bits && Arrays.equals(address, cidr.address);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(address) * 31 + bits;
  }

  @Override
  public String toString() {
    return Addresses.canonical(address) + "/" + bits;
  }
}
