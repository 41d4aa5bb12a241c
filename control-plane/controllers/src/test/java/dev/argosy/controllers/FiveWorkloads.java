package dev.argosy.controllers;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One workload of each kind that makes pods, side by side, on two nodes. */
final class FiveWorkloads {

  /** By name. */
  static final Map<String, GroupResource> KINDS =
      Map.of(
          "plain", Kinds.REPLICA_SETS,
          "web", Kinds.DEPLOYMENTS,
          "work", Kinds.JOBS,
          "db", Kinds.STATEFUL_SETS,
          "agent", Kinds.DAEMON_SETS);

  /** What they begin with, together: 4, 3, 5, 2, and one on each node. */
  static final int PODS = 4 + 3 + 5 + 2 + 2;

  private FiveWorkloads() {}

  static void create(TestCluster cluster) {
    cluster.addNode("node-2");
    cluster.kubelet.setExit(pod -> app(pod).equals("work") ? Optional.of(0) : Optional.empty());
    cluster.create(
        Kinds.REPLICA_SETS, TestCluster.deployment("plain", 4, "v1").put("kind", "ReplicaSet"));
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 3, "v1"));
    cluster.create(Kinds.JOBS, JobScenarioTest.job("{\"completions\":5,\"parallelism\":3}"));
    cluster.create(Kinds.STATEFUL_SETS, StatefulSetScenarioTest.set(2));
    ObjectNode agent = TestCluster.deployment("agent", 0, "v1").put("kind", "DaemonSet");
    agent.withObject("/spec").remove("replicas");
    cluster.create(Kinds.DAEMON_SETS, agent);
  }

  private static String app(PodView pod) {
    Map<String, String> labels = pod.object().meta().labels();
    return labels.getOrDefault("app", labels.getOrDefault("job", ""));
  }

  /** How each of them stands: its pods that run, and what its status says. */
  static Map<String, String> state(TestCluster cluster) {
    Map<String, String> state = new TreeMap<>();
    KINDS.forEach((name, kind) -> state.put(name, state(cluster, name, cluster.get(kind, name))));
    return state;
  }

  private static String state(TestCluster cluster, String name, JsonNode object) {
    List<String> pods =
        cluster.list(Kinds.PODS).stream()
            .map(pod -> PodView.EVERYWHERE.decoder().apply(pod))
            .filter(pod -> pod.active() && app(pod).equals(name))
            .map(pod -> pod(name, pod.object()))
            .sorted()
            .toList();
    JsonNode status = object.path("status");
    StringBuilder words = new StringBuilder(pods.toString());
    for (String field :
        List.of(
            "replicas",
            "readyReplicas",
            "updatedReplicas",
            "succeeded",
            "desiredNumberScheduled",
            "numberReady",
            "updatedNumberScheduled",
            "observedGeneration")) {
      words.append(' ').append(status.path(field).asLong(0));
    }
    return words.toString();
  }

  private static String pod(String name, ApiObject pod) {
    String image = pod.tree().at("/spec/containers/0/image").asString("");
    return switch (name) {
      case "db" -> pod.name() + " " + image;
      case "agent" -> pod.tree().at("/spec/nodeName").asString("") + " " + image;
      default -> image;
    };
  }

  /** Whether all that is wanted is there, and told. */
  static boolean settled(TestCluster cluster) {
    Map<String, String> state = state(cluster);
    return KINDS.entrySet().stream()
        .allMatch(e -> {
          JsonNode object = cluster.get(e.getValue(), e.getKey());
          return wanted(e.getKey(), object).equals(state.get(e.getKey()));
        });
  }

  private static String wanted(String name, JsonNode object) {
    int replicas = object.at("/spec/replicas").asInt(0);
    String image = object.at("/spec/template/spec/containers/0/image").asString("");
    long generation = object.at("/metadata/generation").asLong(1);
    String counts = " " + replicas + " " + replicas;
    return switch (name) {
      case "plain" -> Collections.nCopies(replicas, image) + counts + " 0 0 0 0 0 " + generation;
      case "web" ->
          Collections.nCopies(replicas, image) + counts + " " + replicas + " 0 0 0 0 " + generation;
      case "db" ->
          IntStream.range(0, replicas).mapToObj(i -> "db-" + i + " " + image).toList()
              + counts
              + " "
              + replicas
              + " 0 0 0 0 "
              + generation;
      case "agent" ->
          List.of("node-1 " + image, "node-2 " + image) + " 0 0 0 0 2 2 2 " + generation;
      default -> List.of() + " 0 0 0 " + object.at("/spec/completions").asInt(0) + " 0 0 0 0";
    };
  }
}
