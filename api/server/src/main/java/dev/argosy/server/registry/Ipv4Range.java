package dev.argosy.server.registry;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Addresses of services that begin with the same bits.
 *
 * @param first the number of the first of them
 * @param size how many there are, a power of two
 */
record Ipv4Range(long first, long size) {

  /** The range that a text such as {@code 10.96.0.0/12} names; empty if it names none of IPv4. */
  static Optional<Ipv4Range> of(String text) {
    int slash = text.indexOf('/');
    long address = slash < 0 ? -1 : number(text.substring(0, slash));
    String bits = text.substring(slash + 1);
    if (address < 0 || !bits.matches("\\d{1,2}") || Integer.parseInt(bits) > 32) {
      return Optional.empty();
    }
    long size = 1L << (32 - Integer.parseInt(bits));
    return Optional.of(new Ipv4Range(address & -size, size));
  }

  /** Whether services may have it: the first and the last address are nobody's. */
  boolean gives(long number) {
    return number > first && number < last();
  }

  /**
   * All that services may have, those first that are meant to be given by chance: the lower part is
   * for people who choose (KEP-3070). Each part begins anywhere and goes round.
   */
  Stream<Long> dynamicFirst(RandomGenerator random) {
    long count = Math.max(0, size - 2);
    long lower = count < 16 ? 0 : Math.clamp(size / 16, 16, 256);
    return Stream.concat(
        round(first + 1 + lower, count - lower, random), round(first + 1, lower, random));
  }

  private static Stream<Long> round(long start, long count, RandomGenerator random) {
    if (count == 0) {
      return Stream.empty();
    }
    long begin = random.nextLong(count);
    return LongStream.range(0, count).mapToObj(i -> start + (begin + i) % count);
  }

  boolean covers(Ipv4Range other) {
    return other.first >= first && other.last() <= last();
  }

  long last() {
    return first + size - 1;
  }

  @Override
  public String toString() {
    return text(first) + " to " + text(last());
  }

  /** The number of an IPv4 address; -1 if the text is none. */
  static long number(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return -1;
    }
    long number = 0;
    for (String part : parts) {
      if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
        return -1;
      }
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  static String text(long number) {
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
