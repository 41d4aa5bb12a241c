package dev.argosy.server.dial;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses that begin with the same bits, such as {@code 10.0.0.0/8}.
 *
 * @param first the first of them
 * @param bits how many bits are the same
 */
public record AddressRange(InetAddress first, int bits) {

  public AddressRange {
    if (bits < 0 || bits > first.getAddress().length * 8) {
      throw new IllegalArgumentException("no such prefix length: /" + bits);
    }
  }

  /** Parses an address, alone or with a prefix length. */
  public static AddressRange parse(String text) {
    String address = text.replaceFirst("/.*", "");
    try {
      InetAddress first = InetAddress.ofLiteral(address);
      int all = first.getAddress().length * 8;
      boolean single = address.length() == text.length();
      return new AddressRange(
          first, single ? all : Integer.parseInt(text.substring(address.length() + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no range of addresses: " + text, e);
    }
  }

  /** Parses a list with commas; empty for none. */
  public static List<AddressRange> parseAll(String text) {
    List<AddressRange> all = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        all.add(parse(part.strip()));
      }
    }
    return all;
  }

  public boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((own[bit / 8] ^ other[bit / 8]) & 0x80 >> bit % 8) != 0) {
        return false;
      }
    }
    return true;
  }
}
