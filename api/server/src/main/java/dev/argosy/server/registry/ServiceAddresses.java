package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The ClusterIPs. One range for all logical clusters, each address a key of its own, so that no two
 * services anywhere share one; only the first address is every cluster's: its API server.
 */
final class ServiceAddresses {

  private static final GroupResource RESOURCE = new GroupResource("argosy.dev", "serviceaddresses");
  private static final int TRIES = 64;

  private final long first;
  private final long size;
  private final RandomGenerator random;

  /**
   * The addresses of a range.
   *
   * @param range for example {@code 10.96.0.0/12}
   */
  ServiceAddresses(String range, RandomGenerator random) {
    String[] parts = range.split("/", -1);
    int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : -1;
    if (prefix < 8 || prefix > 28 || number(parts[0]) < 0) {
      throw new IllegalArgumentException(
          "argosy.api.service-range must be like 10.96.0.0/12: " + range);
    }
    this.size = 1L << (32 - prefix);
    this.first = number(parts[0]) & -size;
    this.random = random;
  }

  boolean contains(String address) {
    long number = number(address);
    return number > first && number < first + size - 1;
  }

  ObjectKey key(String cluster, String address) {
    String owner = number(address) == first + 1 ? cluster : ClusterDirectory.ROOT;
    return new ObjectKey(RESOURCE, owner, "", address);
  }

  /** Takes a free address. */
  String takeAny(String cluster, Claims claims) {
    for (int i = 0; i < TRIES; i++) {
      String address = text(first + 2 + random.nextLong(size - 3));
      ObjectKey key = key(cluster, address);
      if (!claims.taken(key)) {
        claims.take(key);
        return address;
      }
    }
    throw Status.of(
            Reason.INTERNAL_ERROR, "no free address found in the range of service addresses")
        .asException();
  }

  /** Takes this address; Invalid if it is not in the range or somebody has it. */
  String take(Write write, Claims claims, String address) {
    ObjectKey key = contains(address) ? key(write.cluster(), address) : null;
    if (key == null) {
      throw refuse(
          write,
          address,
          "the provided IP is not in the valid range: "
              + text(first)
              + " to "
              + text(first + size - 1));
    }
    if (claims.taken(key)) {
      throw refuse(write, address, "provided IP is already allocated");
    }
    claims.take(key);
    return address;
  }

  private static RuntimeException refuse(Write write, String address, String why) {
    return Status.invalid(
            "",
            "Service",
            write.name(),
            List.of(
                ServiceRules.invalid(
                    "spec.clusterIPs",
                    "[\"" + address + "\"]",
                    "failed to allocate IP " + address + ": " + why)))
        .asException();
  }

  /** The number of an IPv4 address; -1 if the text is none. */
  private static long number(String text) {
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

  private static String text(long number) {
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
