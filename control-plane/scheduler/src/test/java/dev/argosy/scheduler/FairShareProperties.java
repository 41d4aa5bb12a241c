package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.node.ObjectNode;

/** Whatever comes and goes, and whoever leads: in the end nobody waits for what is theirs. */
class FairShareProperties {

  private static final int STEPS = 40;
  private static final Map<String, Long> GUARANTEED = Map.of("acme", 2000L, "globex", 3000L);
  private static final String[] CLUSTERS = {"acme", "globex", "initech"};

  @Property(tries = 10)
  void nobody_waits_for_what_is_guaranteed_while_others_borrow_it(
      @ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.api.addNamespace("initech", "default");
      GUARANTEED.forEach((tenant, amount) -> scheduler.guarantee(tenant, amount + "m"));
      scheduler.node(TestPods.node("n0", "3", 20));
      scheduler.node(TestPods.node("n1", "3", 20));
      List<ObjectKey> pods = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        step(scheduler, random, pods, i);
      }
      scheduler.await(
          "rest",
          () -> {
            endPods(scheduler);
            return deprived(scheduler).isEmpty();
          },
          () -> seed + " " + deprived(scheduler));
    }
  }

  /** What nodes do with pods that were told to end. */
  private static void endPods(TestScheduler scheduler) {
    scheduler.all(TestScheduler.PODS).stream()
        .filter(p -> p.meta().deleting())
        .forEach(p -> scheduler.delete(p.key()));
  }

  private static void step(TestScheduler scheduler, Random random, List<ObjectKey> pods, int i) {
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        if (!pods.isEmpty()) {
          scheduler.delete(pods.get(random.nextInt(pods.size())));
        }
      }
      case 2 -> {
        if (random.nextInt(3) == 0) {
          scheduler.crash();
        }
      }
      case 3 -> endPods(scheduler);
      default -> {
        ObjectNode pod = TestPods.pod("p" + i, random.nextInt(2, 13) + "00m");
        pod.withObject("/spec")
            .put("priority", random.nextInt(3))
            .put("terminationGracePeriodSeconds", 30 * random.nextInt(2));
        pods.add(scheduler.pod(CLUSTERS[random.nextInt(3)], pod));
      }
    }
  }

  /** Pods that wait although their tenants' guarantees cover them, and the room is borrowed. */
  private static List<String> deprived(TestScheduler scheduler) {
    List<PodView> pods = scheduler.all(TestScheduler.PODS).stream().map(PodView::of).toList();
    List<PodView> placed = pods.stream().filter(p -> !p.node().isEmpty()).toList();
    return pods.stream()
        .filter(PodView::pending)
        .filter(p -> used(placed, tenant(p), "") + cpu(p) <= guaranteed(p))
        .filter(p -> canBeHelped(p, placed))
        .map(p -> p.key().toString())
        .toList();
  }

  /** By room that is free, or that one pod has borrowed. */
  private static boolean canBeHelped(PodView pod, List<PodView> placed) {
    for (String node : List.of("n0", "n1")) {
      long free = 3000 - used(placed, "", node);
      if (free >= cpu(pod)) {
        return true;
      }
      for (PodView other : placed) {
        if (other.node().equals(node)
            && !tenant(other).equals(tenant(pod))
            && used(placed, tenant(other), "") - cpu(other) >= guaranteed(other)
            && free + cpu(other) >= cpu(pod)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long used(List<PodView> pods, String tenant, String node) {
    return pods.stream()
        .filter(p -> tenant.isEmpty() || tenant(p).equals(tenant))
        .filter(p -> node.isEmpty() || p.node().equals(node))
        .mapToLong(FairShareProperties::cpu)
        .sum();
  }

  private static String tenant(PodView pod) {
    return pod.key().cluster();
  }

  private static long cpu(PodView pod) {
    return pod.demand().requests().milliCpu();
  }

  private static long guaranteed(PodView pod) {
    return GUARANTEED.getOrDefault(tenant(pod), 0L);
  }
}
