package dev.argosy.server.registry;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the addresses of services may lie.
 *
 * @param own the platform's range, which every cluster has ({@code argosy.api.service-range})
 * @param further ranges in which clusters may have more by ServiceCIDRs of their own; nobody else's
 *     network ({@code argosy.api.further-service-ranges})
 */
public record ServiceRanges(String own, List<String> further) {

  public ServiceRanges {
    further = List.copyOf(further);
    Ipv4Range range = Ipv4Range.of(own).orElseThrow(() -> wrong("argosy.api.service-range", own));
    if (range.size() > 1L << 24 || range.size() < 1L << 4) {
      throw wrong("argosy.api.service-range", own);
    }
    for (String text : further) {
      if (Ipv4Range.of(text).isEmpty()) {
        throw wrong("argosy.api.further-service-ranges", text);
      }
    }
  }

  /** Reads a list with commas of further ranges. */
  public static ServiceRanges of(String own, String further) {
    List<String> all = new ArrayList<>();
    for (String part : further.split(",", -1)) {
      if (!part.isBlank()) {
        all.add(part.strip());
      }
    }
    return new ServiceRanges(own, all);
  }

  Ipv4Range ownRange() {
    return Ipv4Range.of(own).orElseThrow();
  }

  /** The platform's own among them: a part of it may be named, too. */
  List<Ipv4Range> allowed() {
    List<Ipv4Range> all = new ArrayList<>();
    all.add(ownRange());
    further.forEach(text -> Ipv4Range.of(text).ifPresent(all::add));
    return all;
  }

  String words() {
    return further.isEmpty() ? own : own + ", " + String.join(", ", further);
  }

  private static IllegalArgumentException wrong(String key, String text) {
    return new IllegalArgumentException(key + " must be like 10.96.0.0/12: " + text);
  }
}
