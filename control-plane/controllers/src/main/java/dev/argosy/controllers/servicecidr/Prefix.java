package dev.argosy.controllers.servicecidr;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin with the same bits.
 *
 * @param bits how many of them
 */
record Prefix(InetAddress first, int bits) {

  /** Of a text such as {@code 10.0.0.0/8}; the server has checked those that it keeps. */
  static Optional<Prefix> of(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress first = InetAddress.ofLiteral(text.substring(0, Math.max(0, slash)));
      return Optional.of(new Prefix(first, Integer.parseInt(text.substring(slash + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean contains(String address) {
    byte[] own = first.getAddress();
    byte[] other = bytes(address);
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < Math.min(bits, own.length * 8); bit++) {
      if (((own[bit / 8] ^ other[bit / 8]) & 0x80 >> bit % 8) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
