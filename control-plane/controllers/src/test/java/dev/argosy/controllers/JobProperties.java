package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
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
import tools.jackson.databind.node.ObjectNode;

/** Whatever happens to a Job's pods, to its controller and to its writes, each pod counts once. */
class JobProperties {

  private static final int STEPS = 10;
  private static final int COMPLETIONS = 6;

  /** Failures hold back new pods; a restart forgets for how long. */
  private static final Duration PAUSE = Duration.ofSeconds(40);

  @Property(tries = 6)
  void a_job_completes_and_counts_each_pod_once(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    try (TestCluster cluster = new TestCluster()) {
      cluster.kubelet.setExit(pod -> code(pod.uid().hashCode()));
      cluster.api.setFault(new Flaky(seed));
      cluster.create(Kinds.JOBS, job(random.nextBoolean()));
      for (int i = 0; i < STEPS; i++) {
        step(cluster, random);
        cluster.elapse(Duration.ofMillis(random.nextInt(15_000)));
      }
      cluster.api.setFault(Fault.NONE);
      cluster.patch(Kinds.JOBS, "work", "{\"spec\":{\"suspend\":false,\"parallelism\":3}}");
      cluster.kubelet.setExit(pod -> Optional.of(0));
      cluster.crash();
      cluster.elapse(PAUSE);
      cluster.await("completion", () -> complete(cluster), () -> "seed " + seed + state(cluster));
      JsonNode status = status(cluster);
      assertThat(status.path("succeeded").asInt(0)).isGreaterThanOrEqualTo(COMPLETIONS);
      assertThat(status.path("uncountedTerminatedPods").isEmpty()).isTrue();
      assertThat(cluster.list(Kinds.PODS)).allMatch(p -> p.meta().finalizers().isEmpty());
      long present = cluster.list(Kinds.PODS).stream().filter(JobProperties::succeeded).count();
      assertThat((long) status.path("succeeded").asInt(0)).isGreaterThanOrEqualTo(present);
      long made =
          cluster.api.writes().stream()
              .filter(w -> w.verb().equals("create") && w.resource().equals(Kinds.PODS))
              .count();
      assertThat((long) status.path("succeeded").asInt(0) + status.path("failed").asInt(0))
          .isLessThanOrEqualTo(made);
    }
  }

  private static ObjectNode job(boolean indexed) {
    String mode = indexed ? "Indexed" : "NonIndexed";
    return JobScenarioTest.job(
        "{\"completions\":%d,\"parallelism\":3,\"backoffLimit\":1000,\"completionMode\":\"%s\"}"
            .formatted(COMPLETIONS, mode));
  }

  private static Optional<Integer> code(int hash) {
    return switch (Math.floorMod(hash, 8)) {
      case 0 -> Optional.of(1);
      case 1 -> Optional.of(0);
      default -> Optional.empty();
    };
  }

  private static void step(TestCluster cluster, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> spec(cluster, "\"parallelism\":" + (1 + random.nextInt(5)));
      case 1 -> spec(cluster, "\"suspend\":" + random.nextBoolean());
      case 2 -> {
        List<ApiObject> pods = cluster.list(Kinds.PODS);
        if (!pods.isEmpty()) {
          ApiObject pod = pods.get(random.nextInt(pods.size()));
          cluster.client.delete(pod.key(), DeleteOptions.ofUid(pod.meta().uid()));
        }
      }
      case 3 -> cluster.crash();
      default -> cluster.api.cutWatches();
    }
  }

  private static void spec(TestCluster cluster, String json) {
    cluster.patch(Kinds.JOBS, "work", "{\"spec\":{" + json + "}}");
  }

  private static boolean complete(TestCluster cluster) {
    for (JsonNode condition : status(cluster).path("conditions")) {
      if (condition.path("type").asString("").equals("Complete")) {
        return true;
      }
    }
    return false;
  }

  private static boolean succeeded(ApiObject pod) {
    return pod.tree().at("/status/phase").asString("").equals("Succeeded");
  }

  private static JsonNode status(TestCluster cluster) {
    return cluster.get(Kinds.JOBS, "work").path("status");
  }

  private static String state(TestCluster cluster) {
    return cluster.get(Kinds.JOBS, "work")
        + "\n"
        + cluster.list(Kinds.PODS).stream().map(ApiObject::tree).toList();
  }

  /** Some writes are refused, of some the answer is lost. */
  private record Flaky(Random random) implements Fault {
    Flaky(long seed) {
      this(new Random(seed));
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
      boolean ours =
          (verb.equals("create") && resource.equals(Kinds.PODS))
              || (verb.equals("update") && resource.equals(Kinds.JOBS));
      return ours && random.nextInt(6) == 0
          ? Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "down"))
          : Optional.empty();
    }
  }
}
