package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a write asks of a quota.
 *
 * @param more how much more is used then, by name; less where it is negative, never 0
 * @param unsaid why it may not go on, whatever is left: what the quota bounds but the object does
 *     not say; empty if all is said
 */
public record Demand(Map<String, Quantity> more, String unsaid) {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final Set<String> MUST_BE_SAID =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  /**
   * What a write asks.
   *
   * @param resource as which the object is stored
   * @param object as it becomes; null if it goes
   * @param old as it was; null if it is new
   * @param room what it takes up in etcd
   */
  public static Demand of(
      Quota quota,
      GroupResource resource,
      @Nullable JsonNode object,
      @Nullable JsonNode old,
      Room room) {
    Map<String, Quantity> cost = object == null ? Map.of() : quota.cost(resource, object);
    Map<String, Quantity> before = old == null ? Map.of() : quota.cost(resource, old);
    boolean newPod = old == null && resource.equals(PODS);
    String unsaid =
        object != null && newPod && quota.concerns(resource, object)
            ? unsaid(quota, object.path("spec"))
            : "";
    Map<String, Quantity> more = difference(cost, before);
    room.addTo(more, quota);
    return new Demand(
        more,
        unsaid.isEmpty() ? "" : "failed quota: " + quota.key().name() + ": must specify " + unsaid);
  }

  private static Map<String, Quantity> difference(
      Map<String, Quantity> cost, Map<String, Quantity> before) {
    Map<String, Quantity> more = new TreeMap<>(cost);
    before.forEach(
        (name, amount) -> more.put(name, more.getOrDefault(name, Quantity.ZERO).subtract(amount)));
    more.values().removeIf(amount -> amount.signum() == 0);
    return more;
  }

  /** What both ask together. */
  public Demand plus(Demand other) {
    Map<String, Quantity> sum = new TreeMap<>(more);
    Amounts.add(sum, other.more());
    sum.values().removeIf(amount -> amount.signum() == 0);
    return new Demand(sum, unsaid.isEmpty() ? other.unsaid() : unsaid);
  }

  /** Those names of which there would be used more than the quota allows. */
  public Set<String> over(Quota quota, Map<String, Quantity> used) {
    Set<String> over = new TreeSet<>();
    more.forEach((name, amount) -> {
      Quantity sum = used.getOrDefault(name, Quantity.ZERO).add(amount);
      Quantity bound = quota.hard().getOrDefault(name, Quantity.ZERO);
      if (amount.signum() > 0 && sum.compareTo(bound) > 0) {
        over.add(name);
      }
    });
    return over;
  }

  /** Whether it would be enough if nobody else used anything of the quota. */
  public boolean possible(Quota quota) {
    return over(quota, Map.of()).isEmpty();
  }

  /** The words of a refusal: of what is over for all, or else for pods below a band. */
  public String exceeded(Quota quota, Map<String, Quantity> used, Set<String> over) {
    Set<String> named = new TreeSet<>(over);
    named.removeIf(Band::partial);
    String who = "";
    if (named.isEmpty() && over.contains(Waiting.COUNTED)) {
      return "exceeded quota: "
          + quota.key().name()
          + ", and as many pods wait for it as may: "
          + quota.hard().get(Waiting.COUNTED);
    }
    if (named.isEmpty()) {
      Band band =
          quota.bands().stream().filter(b -> !b.of(over).isEmpty()).findFirst().orElseThrow();
      named.addAll(band.of(over));
      who =
          " for pods of a priority below " + band.least() + "; the rest is kept for " + band.name();
    }
    return "exceeded quota: "
        + quota.key().name()
        + ", requested: "
        + text(named, more)
        + ", used: "
        + text(named, used)
        + ", limited: "
        + text(named, quota.hard())
        + who;
  }

  private static String text(Set<String> names, Map<String, Quantity> amounts) {
    List<String> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(Band.resource(name) + "=" + amounts.getOrDefault(name, Quantity.ZERO));
    }
    return String.join(",", parts);
  }

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
