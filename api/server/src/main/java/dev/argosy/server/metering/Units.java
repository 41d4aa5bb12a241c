package dev.argosy.server.metering;

import java.util.Set;

/** What amounts of a resource are counted in. */
final class Units {

  private static final Set<String> BYTES = Set.of("memory", "storage", "ephemeral-storage");

  private Units() {}

  static String of(String resource) {
    String name =
        resource.startsWith(Allocation.CAPACITY)
            ? resource.substring(Allocation.CAPACITY.length())
            : resource;
    if (name.startsWith("network.")) {
      return "bytes";
    }
    if (name.equals("cpu")) {
      return "core-seconds";
    }
    return BYTES.contains(name) || name.startsWith("hugepages-") ? "byte-seconds" : "seconds";
  }
}
