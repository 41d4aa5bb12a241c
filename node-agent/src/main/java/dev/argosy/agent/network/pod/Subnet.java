package dev.argosy.agent.network.pod;

/**
 * A range of IPv4 addresses.
 *
 * @param base the first address as a number
 */
record Subnet(int base, int prefixLength) {

  static Subnet of(String cidr) {
    String[] parts = cidr.split("/", 2);
    int length = parts.length == 2 ? Integer.parseInt(parts[1]) : 32;
    if (length < 1 || length > 32) {
      throw new IllegalArgumentException("not an IPv4 subnet: " + cidr);
    }
    return new Subnet(number(parts[0]) & mask(length), length);
  }

  private static int mask(int length) {
    return -1 << (32 - length);
  }

  /** Addresses in it, network and broadcast included. */
  int size() {
    return 1 << Math.min(30, 32 - prefixLength);
  }

  String address(int index) {
    int number = base + index;
    return (number >>> 24)
        + "."
        + ((number >>> 16) & 0xff)
        + "."
        + ((number >>> 8) & 0xff)
        + "."
        + (number & 0xff);
  }

  boolean contains(String address) {
    return (number(address) & mask(prefixLength)) == base;
  }

  private static int number(String address) {
    String[] bytes = address.split("\\.");
    if (bytes.length != 4) {
      throw new IllegalArgumentException("not an IPv4 address: " + address);
    }
    int number = 0;
    for (String one : bytes) {
      int value = Integer.parseInt(one);
      if (value < 0 || value > 255) {
        throw new IllegalArgumentException("not an IPv4 address: " + address);
      }
      number = number << 8 | value;
    }
    return number;
  }
}
