package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.quantity.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a namespace's quota says to a write. */
public sealed interface Verdict {

  /** It does not concern the quota. */
  record Indifferent() implements Verdict {}

  /** It may go on, and this much is used then. */
  record Charged(Map<String, Quantity> used) implements Verdict {}

  /** It may not go on; {@code why} ends the sentence that names the object. */
  record Refused(String why) implements Verdict {}

  /** What is used has to be counted before anything can be said. */
  record Unknown() implements Verdict {}

  /**
   * Judges a write.
   *
   * @param object as it becomes; null if it goes
   * @param old as it was; null if it is new
   */
  static Verdict of(
      Quota quota, GroupResource resource, @Nullable JsonNode object, @Nullable JsonNode old) {
    Demand demand = Demand.of(quota, resource, object, old, Room.NONE);
    if (!demand.unsaid().isEmpty()) {
      return new Refused(demand.unsaid());
    }
    if (demand.more().isEmpty()) {
      return new Indifferent();
    }
    return quota.settled() ? charge(quota, demand) : new Unknown();
  }

  private static Verdict charge(Quota quota, Demand demand) {
    Set<String> over = demand.over(quota, quota.used());
    if (!over.isEmpty()) {
      return new Refused(demand.exceeded(quota, quota.used(), over));
    }
    Map<String, Quantity> used = new TreeMap<>(quota.used());
    demand
        .more()
        .forEach((name, amount) -> {
          Quantity sum = used.getOrDefault(name, Quantity.ZERO).add(amount);
          used.put(name, sum.signum() < 0 ? Quantity.ZERO : sum);
        });
    return new Charged(used);
  }
}
