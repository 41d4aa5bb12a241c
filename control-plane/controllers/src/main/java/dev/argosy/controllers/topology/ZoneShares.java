package dev.argosy.controllers.topology;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What parts of the processors zones have; pure. Endpoints are allotted by these parts, so that
 * none gets more than a fifth too much of the traffic that comes evenly from everywhere.
 */
public final class ZoneShares {

  /** Nodes that do not say enough. */
  static final ZoneShares UNKNOWN = new ZoneShares(new TreeMap<>());

  /** How much more than its part of the traffic an endpoint may get. */
  private static final double OVERLOAD = 0.2;

  /** Of a whole endpoint; less is not worth a change. */
  private static final double HALF = 0.5;

  private final TreeMap<String, Double> parts;

  private ZoneShares(SortedMap<String, Double> parts) {
    this.parts = new TreeMap<>(parts);
  }

  /** Of zones' processors, each more than none. */
  static ZoneShares of(Map<String, Long> cpus) {
    double all = cpus.values().stream().mapToLong(Long::longValue).sum();
    TreeMap<String, Double> parts = new TreeMap<>();
    cpus.forEach((zone, cpu) -> parts.put(zone, cpu / all));
    return new ZoneShares(parts);
  }

  /**
   * An endpoint that is ready.
   *
   * @param id tells it from the others
   * @param zone in which it is; empty if its node says none
   * @param before the zone for which it was so far; empty if for none
   */
  public record Candidate(String id, String zone, String before) {}

  /** What is made of the endpoints of a Service. */
  public sealed interface Allotment {

    /** Each endpoint, by its id, is for that zone. */
    record Zoned(Map<String, String> zones) implements Allotment {
      public Zoned {
        zones = Map.copyOf(zones);
      }
    }

    /** None is for a zone: it would do harm, for this reason in Kubernetes' words. */
    record Refused(String why) implements Allotment {}
  }

  /** The zones for which endpoints shall be; those of before, as long as no zone has too few. */
  public Allotment allot(List<Candidate> endpoints) {
    if (parts.size() < 2) {
      return new Allotment.Refused(
          parts.isEmpty()
              ? "Insufficient Node information: allocatable CPU or zone not specified on one or"
                  + " more nodes"
              : "Nodes only ready in one zone");
    }
    String counts = " (%d endpoints, %d zones)".formatted(endpoints.size(), parts.size());
    if (endpoints.size() < parts.size()) {
      return new Allotment.Refused("Insufficient number of endpoints" + counts);
    }
    TreeMap<String, Integer> least = new TreeMap<>();
    parts.keySet().forEach(zone -> least.put(zone, least(zone, endpoints.size())));
    if (least.values().stream().mapToInt(Integer::intValue).sum() > endpoints.size()) {
      return new Allotment.Refused(
          "Unable to allocate minimum required endpoints to each zone without exceeding overload"
              + " threshold"
              + counts);
    }
    if (endpoints.stream().anyMatch(endpoint -> endpoint.zone().isEmpty())) {
      return new Allotment.Refused("One or more endpoints do not have a zone specified");
    }
    TreeMap<String, String> kept = start(endpoints, true);
    return new Allotment.Zoned(
        enough(kept, least) ? kept : balanced(start(endpoints, false), least, endpoints.size()));
  }

  private double due(String zone, int endpoints) {
    return parts.getOrDefault(zone, 0.0) * endpoints;
  }

  private int least(String zone, int endpoints) {
    return (int) Math.ceil(due(zone, endpoints) / (1 + OVERLOAD) - 1e-9);
  }

  /** Each for the zone of before, if that is still one, or for its own. */
  private TreeMap<String, String> start(List<Candidate> endpoints, boolean before) {
    TreeMap<String, String> zones = new TreeMap<>();
    for (Candidate endpoint : endpoints) {
      boolean keep = before && parts.containsKey(endpoint.before());
      zones.put(endpoint.id(), keep ? endpoint.before() : endpoint.zone());
    }
    return zones;
  }

  private boolean enough(Map<String, String> zones, Map<String, Integer> least) {
    Map<String, Integer> counts = counts(zones);
    return counts.keySet().equals(parts.keySet())
        && least.entrySet().stream().allMatch(e -> count(counts, e.getKey()) >= e.getValue());
  }

  private static TreeMap<String, Integer> counts(Map<String, String> zones) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    zones.values().forEach(zone -> counts.merge(zone, 1, Integer::sum));
    return counts;
  }

  /**
   * One by one from the zone that has most too many to the one that has most too few, as long as
   * one has less than it must, or it is worth it.
   */
  private TreeMap<String, String> balanced(
      TreeMap<String, String> zones, Map<String, Integer> least, int endpoints) {
    TreeMap<String, Integer> counts = counts(zones);
    parts.keySet().forEach(zone -> counts.putIfAbsent(zone, 0));
    while (true) {
      ToDoubleFunction<String> excess = zone -> count(counts, zone) - due(zone, endpoints);
      Optional<String> giver =
          counts.keySet().stream()
              .filter(zone -> count(counts, zone) > count(least, zone))
              .max(Comparator.comparingDouble(excess));
      Optional<String> lacking =
          parts.keySet().stream()
              .filter(zone -> count(counts, zone) < count(least, zone))
              .min(Comparator.comparingDouble(excess));
      String taker =
          lacking.orElseGet(
              () -> parts.keySet().stream().min(Comparator.comparingDouble(excess)).orElseThrow());
      if (giver.isEmpty()
          || giver.get().equals(taker)
          || lacking.isEmpty()
              && parts.containsKey(giver.get())
              && !worth(excess.applyAsDouble(giver.get()), -excess.applyAsDouble(taker))) {
        return zones;
      }
      move(zones, giver.get(), taker);
      counts.merge(giver.get(), -1, Integer::sum);
      counts.merge(taker, 1, Integer::sum);
    }
  }

  private static int count(Map<String, Integer> counts, String zone) {
    return counts.getOrDefault(zone, 0);
  }

  private static boolean worth(double excess, double lack) {
    return excess >= HALF && lack >= HALF && Math.max(excess, lack) >= 1;
  }

  private static void move(TreeMap<String, String> zones, String giver, String taker) {
    for (Map.Entry<String, String> entry : zones.descendingMap().entrySet()) {
      if (entry.getValue().equals(giver)) {
        entry.setValue(taker);
        return;
      }
    }
  }
}
