package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.profile.Profiles;
import dev.argosy.scheduler.volume.Needs;
import dev.argosy.scheduler.whatif.Answers;
import dev.argosy.scheduler.whatif.Stage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer is true, what it suggests helps, and to ask changes nothing. */
class WhatIfProperties {

  private static final String WEB = "'labelSelector':{'matchLabels':{'app':'web'}}";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  @Property(tries = 100)
  void answers_are_true(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    Shadow shadow = shadow(random);
    ObjectNode pod = pod(random);
    String before = snapshot(shadow.state());
    int count = 1 + random.nextInt(6);
    Answers answers = Answers.ask(shadow, pod, count);
    assertThat(snapshot(shadow.state())).isEqualTo(before);
    try (Stage.Scene scene = shadow.begin()) {
      assertThat(answers.place(pod)).as(answers.message()).isEqualTo(answers.fitting());
    }
    for (ObjectNode change : answers.changes()) {
      try (Stage.Scene scene = shadow.begin()) {
        ObjectNode changed = apply(change, pod, answers, shadow);
        assertThat(answers.place(changed)).as("%s: %s", seed, change).isEqualTo(count);
      }
    }
    assertThat(snapshot(shadow.state())).isEqualTo(before);
  }

  private static Shadow shadow(Random random) {
    Board board = new Board();
    for (int i = 0; i < 4; i++) {
      String taint =
          random.nextInt(3) == 0 ? "{'taints':[{'key':'a','effect':'NoSchedule'}]}" : "{}";
      String disk = random.nextInt(3) == 0 ? " disk=ssd" : "";
      board.node("n" + i, "zone=z" + random.nextInt(3) + disk, taint);
    }
    for (int i = 0; i < 12; i++) {
      String labels = random.nextBoolean() ? "{'app':'web'}" : "{}";
      board.place(board.pod("p" + i, labels, Board.cpu((1 + random.nextInt(20)) + "00m", 0)));
    }
    Moment moment = Moment.of(board.state, board.nominations, List.of());
    return new Shadow(Profiles.DEFAULT, moment, (cluster, pool) -> true, pod -> Needs.NONE, random);
  }

  private static ObjectNode pod(Random random) {
    ObjectNode pod = TestPods.pod("asked", (1 + random.nextInt(45)) + "00m");
    pod.withObject("/metadata").putObject("labels").put("app", "web");
    ObjectNode spec = (ObjectNode) pod.path("spec");
    spec.put("priority", random.nextInt(2));
    if (random.nextInt(3) == 0) {
      spec.putObject("nodeSelector").put("disk", "ssd");
    }
    switch (random.nextInt(4)) {
      case 0 ->
          spec.set(
              "topologySpreadConstraints",
              TestPods.json(
                  "[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule',"
                      + WEB
                      + "}]"));
      case 1 ->
          spec.set(
              "affinity",
              TestPods.json(
                  "{'podAntiAffinity':{'"
                      + REQUIRED
                      + "':[{'topologyKey':'kubernetes.io/hostname',"
                      + WEB
                      + "}]}}"));
      default -> {}
    }
    return pod;
  }

  /** Does what a suggestion says, by what it says to programs. */
  private static ObjectNode apply(
      ObjectNode change, ObjectNode pod, Answers answers, Shadow shadow) {
    ObjectNode changed = pod.deepCopy();
    ObjectNode spec = (ObjectNode) changed.path("spec");
    switch (change.path("type").asString("")) {
      case "ReduceRequests" ->
          spec.withObject("/containers/0/resources/requests")
              .put(change.path("resource").asString(""), change.path("amount").asString(""));
      case "AddToleration" -> {
        ObjectNode toleration = ((ArrayNode) spec.withArray("/tolerations")).addObject();
        toleration.put("operator", "Exists").put("key", change.at("/taint/key").asString(""));
      }
      case "DropNodeSelector" ->
          ((ObjectNode) spec.path("nodeSelector")).remove(change.at("/label/key").asString(""));
      case "DropPodAntiAffinity" -> spec.remove("affinity");
      case "DropTopologySpread" -> spec.remove("topologySpreadConstraints");
      case "AddNodes" ->
          answers.addNodes(change.path("like").asString(""), change.path("count").asInt(0));
      case "EndPods" -> {
        List<PodView> there = shadow.pods("acme", "default");
        for (JsonNode name : change.path("pods")) {
          there.stream()
              .filter(p -> p.key().name().equals(name.asString("")))
              .forEach(shadow::remove);
        }
      }
      default -> throw new AssertionError(change);
    }
    return changed;
  }

  /** All that pods are placed by. */
  private static String snapshot(ClusterState state) {
    Map<String, String> all = new TreeMap<>();
    for (int slot : state.nodes().slots()) {
      NodeState node = state.nodes().at(slot);
      all.put(
          node.node().name(),
          node.used() + " " + node.usual() + " " + node.pods() + node.hostPorts());
    }
    state.forEach((pod, node) -> all.put(pod.key().toString(), node));
    return all.toString();
  }
}
