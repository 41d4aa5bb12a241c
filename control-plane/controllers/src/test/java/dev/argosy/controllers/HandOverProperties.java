package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.object.ApiObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Leaders die in the middle of what they do, after a write has landed and before they hear of it,
 * or are overtaken and go on for a while. The system property {@code argosy.handover.runs} makes
 * more runs of it.
 */
class HandOverProperties {

  private static final int RUNS = Integer.getInteger("argosy.handover.runs", 1);
  private static final int DEATHS = 6;
  private static final int EVENTS = 6;

  @Test
  void whatever_becomes_of_leaders_no_pod_is_made_or_deleted_twice() {
    for (int run = 0; run < RUNS; run++) {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      try (TestCluster cluster = new TestCluster()) {
        MortalClients leader = mortal(cluster, random);
        cluster.crash(leader);
        FiveWorkloads.create(cluster);
        for (int death = 0; death < DEATHS; death++) {
          leader = lead(cluster, random, leader);
        }
        cluster.crash();
        settle(cluster, seed);
        assertThat(ofPods(cluster, "create")).as("seed %d", seed).hasSize(FiveWorkloads.PODS);
        assertThat(ofPods(cluster, "delete")).as("seed %d", seed).isEmpty();
      }
    }
  }

  private static MortalClients mortal(TestCluster cluster, Random random) {
    return new MortalClients(cluster.api, 1 + random.nextInt(9), random.nextBoolean());
  }

  /** Until the leader's hour comes or all is done; then another leads. */
  private static MortalClients lead(TestCluster cluster, Random random, MortalClients leader) {
    cluster.await("its hour", () -> leader.struck() || FiveWorkloads.settled(cluster));
    MortalClients next = mortal(cluster, random);
    if (random.nextBoolean()) {
      cluster.crash(next);
    } else {
      cluster.overtake(next);
    }
    return next;
  }

  private static void settle(TestCluster cluster, long seed) {
    Supplier<Object> state = () -> "seed " + seed + " " + FiveWorkloads.state(cluster);
    cluster.await("rest", () -> FiveWorkloads.settled(cluster), state);
  }

  private static List<FakeRequest> ofPods(TestCluster cluster, String verb) {
    return cluster.api.writes().stream()
        .filter(w -> w.resource().equals(Kinds.PODS) && w.verb().equals(verb))
        .toList();
  }

  @Test
  void any_interleaving_ends_as_one_by_one() {
    for (int run = 0; run < RUNS; run++) {
      long seed = new Random().nextLong();
      List<Consumer<TestCluster>> events = events(new Random(seed));
      assertThat(hastily(events, seed)).as("seed %d", seed).isEqualTo(oneByOne(events, seed));
    }
  }

  private static Map<String, String> oneByOne(List<Consumer<TestCluster>> events, long seed) {
    try (TestCluster cluster = new TestCluster()) {
      FiveWorkloads.create(cluster);
      settle(cluster, seed);
      for (Consumer<TestCluster> event : events) {
        event.accept(cluster);
        settle(cluster, seed);
      }
      return FiveWorkloads.state(cluster);
    }
  }

  private static Map<String, String> hastily(List<Consumer<TestCluster>> events, long seed) {
    Random random = new Random(seed);
    try (TestCluster cluster = new TestCluster()) {
      MortalClients leader = mortal(cluster, random);
      cluster.crash(leader);
      FiveWorkloads.create(cluster);
      for (Consumer<TestCluster> event : events) {
        if (leader.struck()) {
          leader = lead(cluster, random, leader);
        }
        event.accept(cluster);
        cluster.timers.advance(Duration.ofMillis(random.nextInt(200)));
      }
      cluster.crash();
      settle(cluster, seed);
      return FiveWorkloads.state(cluster);
    }
  }

  private static List<Consumer<TestCluster>> events(Random random) {
    List<Consumer<TestCluster>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      List<String> names = List.copyOf(FiveWorkloads.KINDS.keySet()).stream().sorted().toList();
      String name = names.get(random.nextInt(names.size()));
      int number = random.nextInt(5);
      events.add(
          switch (random.nextInt(4)) {
            case 0 -> cluster -> scale(cluster, name, number);
            case 1 -> cluster -> image(cluster, name, "v" + number);
            case 2 -> cluster -> deletePod(cluster, number);
            default -> cluster -> cluster.api.cutWatches();
          });
    }
    return events;
  }

  private static void scale(TestCluster cluster, String name, int replicas) {
    if (!name.equals("agent")) {
      String field = name.equals("work") ? "parallelism" : "replicas";
      int number = name.equals("work") ? replicas + 1 : replicas;
      patch(cluster, name, "{\"%s\":%d}".formatted(field, number));
    }
  }

  private static void image(TestCluster cluster, String name, String image) {
    if (!name.equals("work") && !name.equals("plain")) {
      String containers = "[{\"name\":\"c\",\"image\":\"" + image + "\"}]";
      patch(cluster, name, "{\"template\":{\"spec\":{\"containers\":" + containers + "}}}");
    }
  }

  private static void patch(TestCluster cluster, String name, String spec) {
    cluster.patch(
        Objects.requireNonNull(FiveWorkloads.KINDS.get(name)), name, "{\"spec\":" + spec + "}");
  }

  private static void deletePod(TestCluster cluster, int number) {
    List<ApiObject> pods =
        cluster.list(Kinds.PODS).stream()
            .filter(pod -> pod.meta().labels().containsKey("app"))
            .toList();
    if (!pods.isEmpty()) {
      ApiObject pod = pods.get(number % pods.size());
      cluster.client.delete(pod.key(), DeleteOptions.ofUid(pod.meta().uid()));
    }
  }
}
