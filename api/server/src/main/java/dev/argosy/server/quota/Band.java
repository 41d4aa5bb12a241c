package dev.argosy.server.quota;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A band of pod priorities in a tenant's quota. What is kept for it, pods below it may not use:
 * they have a bound of their own, what is left of the quota's. Such a bound is charged like any
 * other, under a name of its own.
 *
 * @param least priority of the pods of the band and of all above it
 * @param kept of what the quota bounds, by its names
 */
public record Band(String name, int least, Map<String, Quantity> kept) {

  /** In no name of a resource. */
  private static final char BELOW = '<';

  public Band {
    kept = Collections.unmodifiableMap(new TreeMap<>(kept));
  }

  /** Those of a quota's spec, the lowest first. */
  static List<Band> of(JsonNode spec) {
    List<Band> bands = new ArrayList<>();
    for (JsonNode band : spec.path("bands")) {
      bands.add(
          new Band(
              band.path("name").asString(""),
              band.path("minPriority").asInt(0),
              Amounts.of(band.path("kept"))));
    }
    bands.sort(Comparator.comparingInt(Band::least));
    return List.copyOf(bands);
  }

  /** As what the use of pods below this band is counted. */
  String below(String resource) {
    return resource + BELOW + least;
  }

  /** What is counted under a name, whoever uses it. */
  static String resource(String name) {
    int below = name.indexOf(BELOW);
    return below < 0 ? name : name.substring(0, below);
  }

  /** Whether under that name only the use of some pods is counted. */
  static boolean partial(String name) {
    return name.indexOf(BELOW) >= 0;
  }

  /** Those of some names under which the use of pods below this band is counted. */
  Set<String> of(Set<String> names) {
    Set<String> below = new TreeSet<>(names);
    below.retainAll(kept.keySet().stream().map(this::below).toList());
    return below;
  }

  /** What pods below this band may use. */
  Map<String, Quantity> bounds(Map<String, Quantity> hard) {
    Map<String, Quantity> bounds = new TreeMap<>();
    kept.forEach((resource, amount) -> {
      Quantity rest = hard.getOrDefault(resource, Quantity.ZERO).subtract(amount);
      bounds.put(below(resource), rest.signum() > 0 ? rest : Quantity.ZERO);
    });
    return bounds;
  }

  /** Adds to what a pod costs what of it is bound for pods below this band, if it is one. */
  void addTo(Map<String, Quantity> cost, JsonNode pod) {
    if (pod.path("spec").path("priority").asInt(0) < least) {
      kept.keySet()
          .forEach(resource -> {
            Quantity amount = cost.get(resource);
            if (amount != null) {
              cost.put(below(resource), amount);
            }
          });
    }
  }
}
