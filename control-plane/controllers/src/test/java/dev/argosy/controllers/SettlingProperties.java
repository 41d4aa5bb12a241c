package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever users, nodes and broken connections do, a Deployment comes to rest as it was asked. */
class SettlingProperties {

  private static final int STEPS = 25;

  @Property(tries = 20)
  void a_deployment_settles(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    try (TestCluster cluster = new TestCluster()) {
      cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 3, "v0"));
      cluster.api.setFault(new Flaky(seed));
      for (int i = 0; i < STEPS; i++) {
        step(cluster, random, i);
        cluster.timers.advance(java.time.Duration.ofMillis(random.nextInt(300)));
      }
      cluster.api.setFault(Fault.NONE);
      int replicas = random.nextInt(6);
      spec(cluster, "{\"paused\":false,\"replicas\":" + replicas + "}");
      cluster.await(
          "rest", () -> settled(cluster, replicas), () -> "seed " + seed + state(cluster));
      assertThat(cluster.list(Kinds.REPLICA_SETS).stream().filter(s -> replicas(s) > 0).count())
          .isLessThanOrEqualTo(1);
    }
  }

  private static void step(TestCluster cluster, Random random, int i) {
    switch (random.nextInt(9)) {
      case 0, 1 -> spec(cluster, "{\"replicas\":" + random.nextInt(7) + "}");
      case 2, 3 ->
          spec(
              cluster,
              "{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"v"
                  + random.nextInt(4)
                  + "\"}]}}}");
      case 4 -> spec(cluster, "{\"paused\":" + random.nextBoolean() + "}");
      case 5 ->
          onSomePod(
              cluster,
              random,
              pod -> cluster.client.delete(pod.key(), DeleteOptions.ofUid(pod.meta().uid())));
      case 6 ->
          onSomePod(
              cluster,
              random,
              pod -> cluster.client.patch(pod.key(), "status", Patch.merge(failed())));
      case 7 -> {
        if (i % 2 == 0) {
          cluster.crash();
        }
      }
      default -> cluster.api.cutWatches();
    }
  }

  private static ObjectNode failed() {
    ObjectNode patch = Json.object();
    patch.putObject("status").put("phase", "Failed");
    return patch;
  }

  private static void onSomePod(
      TestCluster cluster, Random random, java.util.function.Consumer<ApiObject> action) {
    List<ApiObject> pods = cluster.list(Kinds.PODS);
    if (!pods.isEmpty()) {
      action.accept(pods.get(random.nextInt(pods.size())));
    }
  }

  private static void spec(TestCluster cluster, String json) {
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":" + json + "}");
  }

  private static boolean settled(TestCluster cluster, int replicas) {
    JsonNode web = cluster.get(Kinds.DEPLOYMENTS, "web");
    String image = web.at("/spec/template/spec/containers/0/image").asString("");
    JsonNode status = web.path("status");
    List<ApiObject> active =
        cluster.list(Kinds.PODS).stream()
            .filter(p -> PodView.EVERYWHERE.decoder().apply(p).active())
            .toList();
    return active.size() == replicas
        && active.stream()
            .allMatch(p -> p.tree().at("/spec/containers/0/image").asString("").equals(image))
        && status.path("observedGeneration").asLong(0) == web.at("/metadata/generation").asLong(1)
        && status.path("replicas").asInt(0) == replicas
        && status.path("updatedReplicas").asInt(0) == replicas
        && status.path("availableReplicas").asInt(0) == replicas;
  }

  private static String state(TestCluster cluster) {
    return cluster.get(Kinds.DEPLOYMENTS, "web")
        + "\n"
        + cluster.list(Kinds.REPLICA_SETS).stream().map(ApiObject::tree).toList()
        + "\n"
        + cluster.list(Kinds.PODS);
  }

  private static int replicas(ApiObject set) {
    return set.tree().at("/spec/replicas").asInt(0);
  }

  /** Some writes are refused, of some the answer is lost. */
  private static final class Flaky implements Fault {
    private final Random random;

    Flaky(long seed) {
      this.random = new Random(seed);
    }

    @Override
    public Optional<Status> refuse(String verb, GroupResource resource, String name) {
      return strikes(verb, resource);
    }

    @Override
    public Optional<Status> lose(String verb, GroupResource resource, String name) {
      return strikes(verb, resource);
    }

    private Optional<Status> strikes(String verb, GroupResource resource) {
      boolean controllers =
          (verb.equals("create") && resource.equals(Kinds.PODS))
              || (verb.equals("update") && resource.equals(Kinds.REPLICA_SETS));
      return controllers && random.nextInt(8) == 0
          ? Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "down"))
          : Optional.empty();
    }
  }
}
