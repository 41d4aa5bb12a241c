package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.FakeDriver.Failure;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to pods, nodes, the driver and leaders: in the end exactly what is used is
 * attached, and at no time a volume of one node to two. The system property {@code
 * argosy.attach.runs} makes more runs of it.
 */
class AttachProperties {

  private static final int RUNS = Integer.getInteger("argosy.attach.runs", 1);
  private static final int EVENTS = 25;
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
  private static final List<String> CODES =
      List.of("DEADLINE_EXCEEDED", "UNAVAILABLE", "INTERNAL", "ABORTED");

  @Test
  void any_interleaving_ends_with_what_is_used_attached() {
    for (int run = 0; run < RUNS; run++) {
      long seed = new Random().nextLong();
      try (TestCluster cluster = new TestCluster()) {
        new Run(cluster, new Random(seed)).check(seed);
      }
    }
  }

  private static final class Run {
    private final TestCluster cluster;
    private final CsiObjects csi;
    private final Random random;
    private int number;

    Run(TestCluster cluster, Random random) {
      this.cluster = cluster;
      this.csi = new CsiObjects(cluster);
      this.random = random;
    }

    void check(long seed) {
      NODES.stream().skip(1).forEach(cluster::addLivingNode);
      NODES.forEach(csi::csiNode);
      csi.driver("'argosy.dev/controller':'platform'", "");
      csi.bound("one", "ReadWriteOnce");
      csi.bound("other", "ReadWriteOnce");
      csi.bound("shared", "ReadWriteMany");
      StringBuilder story = new StringBuilder("seed " + seed);
      for (int i = 0; i < EVENTS; i++) {
        story.append(", ").append(event());
        agents();
        if (random.nextBoolean()) {
          cluster.timers.advance(Duration.ofMillis(random.nextInt(3000)));
        } else if (random.nextInt(4) == 0) {
          cluster.elapse(Duration.ofSeconds(5));
        }
      }
      NODES.forEach(node -> csi.ready(node, true));
      cluster.driver.setFailure(call -> new Failure("", false));
      for (int i = 0; i < 60 && !settled(); i++) {
        agents();
        cluster.elapse(Duration.ofSeconds(5));
      }
      assertThat(settled()).as("%s: %s but %s", story, uses(), state()).isTrue();
      assertThat(cluster.driver.wrongs()).as(story.toString()).isEmpty();
    }

    private String state() {
      StringBuilder state = new StringBuilder();
      csi.attachments().forEach(a -> state.append(a.tree()).append(" "));
      NODES.forEach(node -> state.append(csi.node(node).path("status")).append(" "));
      return state.append(cluster.driver.published()).append(cluster.list(Kinds.PODS)).toString();
    }

    private String event() {
      String node = NODES.get(random.nextInt(NODES.size()));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          String volume = List.of("one", "other", "shared").get(random.nextInt(3));
          String name = "pod-" + number++;
          csi.pod(name, node, volume);
          return name + " with " + volume + " to " + node;
        }
        case 3, 4 -> {
          List<ApiObject> pods = cluster.list(Kinds.PODS);
          if (!pods.isEmpty()) {
            ApiObject pod = pods.get(random.nextInt(pods.size()));
            cluster.client.delete(pod.key(), DeleteOptions.ofUid(pod.meta().uid()));
            return pod.name() + " goes";
          }
          return "";
        }
        case 5 -> {
          boolean ready = random.nextBoolean();
          csi.ready(node, ready);
          return node + " ready: " + ready;
        }
        case 6 -> {
          String code = CODES.get(random.nextInt(CODES.size()));
          boolean afterwards = random.nextBoolean();
          boolean well = random.nextBoolean();
          cluster.driver.setFailure(call -> new Failure(well ? "" : code, afterwards));
          return well ? "driver is well" : "driver says " + code + " after its work: " + afterwards;
        }
        default -> {
          if (random.nextBoolean()) {
            cluster.crash();
            return "crash";
          }
          cluster.api.cutWatches();
          return "watches break";
        }
      }
    }

    /** What the agents of nodes say that they use: what their pods ask for. */
    private void agents() {
      Map<String, Set<String>> used = new HashMap<>();
      for (ApiObject pod : cluster.list(Kinds.PODS)) {
        used.computeIfAbsent(node(pod), n -> new TreeSet<>()).add(volume(pod));
      }
      NODES.forEach(
          node -> csi.used(node, used.getOrDefault(node, Set.of()).toArray(String[]::new)));
    }

    private static String node(ApiObject pod) {
      return CsiObjects.text(pod.tree(), "/spec/nodeName");
    }

    private static String volume(ApiObject pod) {
      return CsiObjects.text(pod.tree(), "/spec/volumes/0/persistentVolumeClaim/claimName");
    }

    private Set<String> uses() {
      Set<String> uses = new TreeSet<>();
      cluster.list(Kinds.PODS).forEach(pod -> uses.add(volume(pod) + "@" + node(pod)));
      return uses;
    }

    private boolean settled() {
      Set<String> places = csi.places();
      Set<String> published = new TreeSet<>();
      cluster
          .driver
          .published()
          .forEach(p -> published.add(p.replace("h-", "").replace("@id-", "@")));
      Set<String> said = new TreeSet<>();
      NODES.forEach(node -> csi.said(node).forEach(volume -> said.add(volume + "@" + node)));
      return places.equals(published) && places.equals(said) && places.equals(due(places));
    }

    /** All uses of the shared volume; of the others that one which has it now, or any. */
    private Set<String> due(Set<String> places) {
      Set<String> due = new TreeSet<>();
      Set<String> exclusive = new TreeSet<>();
      for (String use : uses()) {
        String volume = use.substring(0, use.indexOf('@'));
        if (volume.equals("shared")) {
          due.add(use);
        } else if (places.contains(use) && exclusive.add(volume)) {
          due.add(use);
        }
      }
      for (String use : uses()) {
        if (exclusive.add(use.substring(0, use.indexOf('@'))) && !use.startsWith("shared")) {
          due.add(use);
        }
      }
      return due;
    }
  }
}
