package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Priority bands of tenants' quotas. What is kept for a band is kept for those above it, too, so a
 * lower one keeps at least what a higher one does.
 */
final class BandRules {

  private static final Path BANDS = Path.of("spec").child("bands");

  /** Each is a bound more in every share of the quota. */
  private static final int MOST = 8;

  private static final int HIGHEST = 2_000_001_000;
  private static final String PRIORITY = "minPriority";
  private static final Set<String> OF_PODS =
      Set.of("pods", "count/pods", "cpu", "memory", "ephemeral-storage");

  private BandRules() {}

  static void validate(JsonNode spec, Checks checks) {
    JsonNode bands = spec.path("bands");
    if (bands.size() > MOST) {
      checks.tooMany(BANDS, bands.size(), MOST);
    }
    Set<String> names = new HashSet<>();
    Set<JsonNode> priorities = new HashSet<>();
    for (int i = 0; i < bands.size(); i++) {
      JsonNode band = bands.path(i);
      Path at = BANDS.at(i);
      name(band.path("name").asString(""), names, at.child("name"), checks);
      priority(band.path(PRIORITY), priorities, at.child(PRIORITY), checks);
      kept(band, spec.path("hard"), at.child("kept"), checks);
    }
    if (checks.clean()) {
      order(bands, checks);
    }
  }

  private static void name(String name, Set<String> names, Path at, Checks checks) {
    if (name.isEmpty()) {
      checks.required(at, "");
    } else if (!names.add(name)) {
      checks.duplicate(at, name);
    } else {
      checks.invalidAll(at, name, NameRules.dnsLabel(name));
    }
  }

  private static void priority(JsonNode value, Set<JsonNode> all, Path at, Checks checks) {
    if (!value.isIntegralNumber()) {
      checks.required(at, "the lowest priority of the band's pods");
    } else if (!all.add(value)) {
      checks.duplicate(at, value);
    } else {
      checks.range(at, value, Integer.MIN_VALUE, HIGHEST);
    }
  }

  private static void kept(JsonNode band, JsonNode hard, Path at, Checks checks) {
    JsonNode kept = band.path("kept");
    if (kept.isEmpty()) {
      checks.required(at, "what is kept for the band and those above it");
    }
    QuotaRules.amounts(kept, at, checks);
    for (Map.Entry<String, JsonNode> each : kept.properties()) {
      String name = each.getKey();
      JsonNode amount = each.getValue();
      if (!ofPods(name)) {
        checks.invalid(at.key(name), name, "must be something that pods use");
      } else if (!hard.has(name)) {
        checks.invalid(at.key(name), amount, "must be bound by spec.hard, too");
      } else if (ClaimRules.amount(amount).compareTo(ClaimRules.amount(hard.path(name))) > 0) {
        checks.invalid(at.key(name), amount, "must be less than or equal to spec.hard");
      }
    }
  }

  private static boolean ofPods(String name) {
    return OF_PODS.contains(name)
        || name.startsWith("limits.")
        || name.startsWith("hugepages-")
        || name.startsWith("requests.") && !name.equals("requests.storage");
  }

  private static void order(JsonNode bands, Checks checks) {
    List<Integer> order =
        IntStream.range(0, bands.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> bands.path(i).path(PRIORITY).intValue()))
            .toList();
    for (int low = 0; low < order.size(); low++) {
      for (int high : order.subList(low + 1, order.size())) {
        nested(bands, order.get(low), high, checks);
      }
    }
  }

  private static void nested(JsonNode bands, int low, int high, Checks checks) {
    JsonNode above = bands.path(high);
    for (Map.Entry<String, JsonNode> each : bands.path(low).path("kept").properties()) {
      JsonNode more = above.path("kept").path(each.getKey());
      if (ClaimRules.amount(each.getValue()).compareTo(ClaimRules.amount(more)) < 0) {
        checks.invalid(
            BANDS.at(low).child("kept").key(each.getKey()),
            each.getValue(),
            "must be greater than or equal to what is kept for "
                + above.path("name").asString("")
                + ", which is above it and may use it");
      }
    }
  }
}
