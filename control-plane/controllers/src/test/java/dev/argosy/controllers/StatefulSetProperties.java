package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.JsonNode;

/** Whatever happens, a StatefulSet comes to rest with the pods and the template it was given. */
class StatefulSetProperties {

  private static final int STEPS = 15;

  @Property(tries = 8)
  void a_stateful_set_settles(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    try (TestCluster cluster = new TestCluster()) {
      cluster.create(Kinds.STATEFUL_SETS, StatefulSetScenarioTest.set(2));
      cluster.api.setFault((verb, resource, name) ->
          (verb.equals("create") || verb.equals("update"))
                  && !resource.equals(Kinds.LEASES)
                  && !resource.equals(Kinds.NODES)
                  && random.nextInt(9) == 0
              ? Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "down"))
              : Optional.empty());
      for (int i = 0; i < STEPS; i++) {
        step(cluster, random);
        cluster.timers.advance(Duration.ofMillis(random.nextInt(300)));
      }
      cluster.api.setFault(Fault.NONE);
      int replicas = random.nextInt(5);
      spec(cluster, "\"replicas\":" + replicas);
      cluster.await(
          "rest",
          () -> settled(cluster, replicas),
          () -> "seed " + seed + cluster.get(Kinds.STATEFUL_SETS, "db"));
      assertThat(cluster.list(Kinds.REVISIONS).size()).isLessThanOrEqualTo(4);
    }
  }

  private static void step(TestCluster cluster, Random random) {
    switch (random.nextInt(6)) {
      case 0, 1 -> spec(cluster, "\"replicas\":" + random.nextInt(5));
      case 2 ->
          spec(
              cluster,
              "\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"v"
                  + random.nextInt(3)
                  + "\"}]}}");
      case 3 -> {
        List<ApiObject> pods = cluster.list(Kinds.PODS);
        if (!pods.isEmpty()) {
          ApiObject pod = pods.get(random.nextInt(pods.size()));
          cluster.client.delete(pod.key(), DeleteOptions.ofUid(pod.meta().uid()));
        }
      }
      case 4 -> cluster.crash();
      default -> cluster.api.cutWatches();
    }
  }

  private static void spec(TestCluster cluster, String json) {
    cluster.patch(Kinds.STATEFUL_SETS, "db", "{\"spec\":{" + json + "}}");
  }

  private static boolean settled(TestCluster cluster, int replicas) {
    JsonNode set = cluster.get(Kinds.STATEFUL_SETS, "db");
    String image = set.at("/spec/template/spec/containers/0/image").asString("");
    JsonNode status = set.path("status");
    List<ApiObject> active =
        cluster.list(Kinds.PODS).stream()
            .filter(p -> PodView.EVERYWHERE.decoder().apply(p).active())
            .toList();
    boolean names = true;
    for (int i = 0; i < replicas; i++) {
      names &= cluster.get(Kinds.PODS, "db-" + i).has("metadata");
    }
    return names
        && active.size() == replicas
        && active.stream()
            .allMatch(p -> p.tree().at("/spec/containers/0/image").asString("").equals(image))
        && status.path("observedGeneration").asLong(0) == set.at("/metadata/generation").asLong(1)
        && status.path("readyReplicas").asInt(0) == replicas
        && status.path("currentRevision").equals(status.path("updateRevision"));
  }
}
