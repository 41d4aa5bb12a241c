package dev.argosy.agent.pod.room;

import dev.argosy.agent.pod.admit.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a node has too little of for one more pod; amounts as in {@link Demand}. */
record Shortage(String resource, long requested, long used, long capacity) {

  private static final List<String> FIRST =
      List.of(Demand.PODS, Demand.CPU, "memory", "ephemeral-storage");

  /**
   * All that is short, in kubelet's order.
   *
   * @param allocatable what the node gives; what is not there is not counted by the node, as
   *     extended resources that only an extender of the scheduler knows
   */
  static List<Shortage> of(Demand wanted, Demand used, Map<String, Long> allocatable) {
    List<Shortage> all = new ArrayList<>();
    wanted
        .amounts()
        .forEach((name, amount) -> {
          Long most = allocatable.get(name);
          if (most != null && amount > most - used.of(name)) {
            all.add(new Shortage(name, amount, used.of(name), most));
          }
        });
    all.sort(Comparator.comparingInt(Shortage::place).thenComparing(Shortage::resource));
    return all;
  }

  private int place() {
    int place = FIRST.indexOf(resource);
    return place < 0 ? FIRST.size() : place;
  }

  /** How much is lacking. */
  long missing() {
    return requested - (capacity - used);
  }

  Rejection rejection() {
    return new Rejection(
        "OutOf" + resource,
        "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
            .formatted(resource, requested, used, capacity));
  }
}
