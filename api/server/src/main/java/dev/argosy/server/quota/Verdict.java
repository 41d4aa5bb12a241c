package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a quota says to a write. */
public sealed interface Verdict {

  /** It does not concern the quota. */
  record Indifferent() implements Verdict {}

  /** It may go on, and this much is used then. */
  record Charged(Map<String, Quantity> used) implements Verdict {}

  /** It may not go on; {@code why} ends the sentence that names the object. */
  record Refused(String why) implements Verdict {}

  /** What is used has to be counted before anything can be said. */
  record Unknown() implements Verdict {}

  Set<String> MUST_BE_SAID =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  /**
   * Judges a write.
   *
   * @param object as it becomes; null if it goes
   * @param old as it was; null if it is new
   */
  static Verdict of(
      Quota quota, GroupResource resource, @Nullable JsonNode object, @Nullable JsonNode old) {
    Map<String, Quantity> cost = object == null ? Map.of() : quota.cost(resource, object);
    Map<String, Quantity> before = old == null ? Map.of() : quota.cost(resource, old);
    Map<String, Quantity> more = difference(cost, before);
    boolean pod = resource.equals(new GroupResource("", "pods"));
    if (object != null && old == null && pod && quota.concerns(resource, object)) {
      String unsaid = unsaid(quota, object.path("spec"));
      if (!unsaid.isEmpty()) {
        return new Refused("failed quota: " + quota.key().name() + ": must specify " + unsaid);
      }
    }
    if (more.isEmpty()) {
      return new Indifferent();
    }
    return quota.settled() ? charge(quota, more) : new Unknown();
  }

  private static Map<String, Quantity> difference(
      Map<String, Quantity> cost, Map<String, Quantity> before) {
    Map<String, Quantity> more = new TreeMap<>(cost);
    before.forEach(
        (name, amount) -> more.put(name, more.getOrDefault(name, Quantity.ZERO).subtract(amount)));
    more.values().removeIf(amount -> amount.signum() == 0);
    return more;
  }

  private static Verdict charge(Quota quota, Map<String, Quantity> more) {
    Map<String, Quantity> used = new TreeMap<>(quota.used());
    Set<String> over = new TreeSet<>();
    more.forEach((name, amount) -> {
      Quantity sum = used.getOrDefault(name, Quantity.ZERO).add(amount);
      used.put(name, sum.signum() < 0 ? Quantity.ZERO : sum);
      Quantity bound = quota.hard().getOrDefault(name, Quantity.ZERO);
      if (amount.signum() > 0 && sum.compareTo(bound) > 0) {
        over.add(name);
      }
    });
    if (over.isEmpty()) {
      return new Charged(used);
    }
    return new Refused(
        "exceeded quota: "
            + quota.key().name()
            + ", requested: "
            + text(over, more)
            + ", used: "
            + text(over, quota.used())
            + ", limited: "
            + text(over, quota.hard()));
  }

  private static String text(Set<String> names, Map<String, Quantity> amounts) {
    List<String> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(name + "=" + amounts.getOrDefault(name, Quantity.ZERO));
    }
    return String.join(",", parts);
  }

  /** What a quota bounds but containers do not say; empty if all is said. */
  private static String unsaid(Quota quota, JsonNode spec) {
    Set<String> needed = new TreeSet<>(quota.hard().keySet());
    needed.retainAll(MUST_BE_SAID);
    if (needed.isEmpty() || !spec.path("resources").isEmpty()) {
      return "";
    }
    Map<String, Set<String>> missing = new TreeMap<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        Set<String> said = PodUsage.ofContainer(container).keySet();
        for (String name : needed) {
          if (!said.contains(name)) {
            missing
                .computeIfAbsent(name, n -> new TreeSet<>())
                .add(container.path("name").asString(""));
          }
        }
      }
    }
    List<String> parts = new ArrayList<>();
    missing.forEach((name, who) -> parts.add(name + " for: " + String.join(",", who)));
    return String.join("; ", parts);
  }
}
