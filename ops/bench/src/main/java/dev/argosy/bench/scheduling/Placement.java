package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Plane;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Where all pods are in the end, as the API has it. */
record Placement(Map<String, Node> nodes, List<Pod> pods) {

  /** A node; amounts are what pods may take together. */
  record Node(String name, Map<String, String> labels, long milliCpu, long memory, long pods) {

    static Node of(ApiObject object) {
      JsonNode room = object.tree().at("/status/allocatable");
      return new Node(
          object.name(),
          object.meta().labels(),
          amount(room, "cpu", 1_000),
          amount(room, "memory", 1),
          amount(room, "pods", 1));
    }

    String zone() {
      return labels.getOrDefault("topology.kubernetes.io/zone", "");
    }
  }

  /**
   * A pod.
   *
   * @param node empty while it waits
   */
  record Pod(
      String namespace,
      String name,
      Map<String, String> labels,
      String node,
      long milliCpu,
      long memory) {

    static Pod of(ApiObject object) {
      JsonNode spec = object.tree().path("spec");
      JsonNode requests = spec.at("/containers/0/resources/requests");
      return new Pod(
          object.namespace(),
          object.name(),
          object.meta().labels(),
          spec.path("nodeName").asString(""),
          amount(requests, "cpu", 1_000),
          amount(requests, "memory", 1));
    }

    boolean bound() {
      return !node.isEmpty();
    }

    boolean measured() {
      return name.startsWith(Trial.MEASURED);
    }
  }

  private static long amount(JsonNode amounts, String name, int times) {
    String text = amounts.path(name).asString("");
    if (text.isEmpty()) {
      return 0;
    }
    Quantity quantity = Quantity.parse(text);
    return times == 1_000 ? quantity.milliValue() : quantity.value();
  }

  static Placement of(Plane plane) {
    Map<String, Node> nodes = new HashMap<>();
    plane.all(Plane.NODES).stream().map(Node::of).forEach(node -> nodes.put(node.name(), node));
    List<Pod> pods =
        plane.all(Plane.PODS).stream()
            .filter(pod -> pod.cluster().equals(Plane.TENANT))
            .map(Pod::of)
            .toList();
    return new Placement(nodes, pods);
  }

  /** The nodes that hold more than they have room for, with any workload. */
  int overfull() {
    Map<String, List<Pod>> there = new HashMap<>();
    pods.stream()
        .filter(Pod::bound)
        .forEach(pod -> there.computeIfAbsent(pod.node(), n -> new ArrayList<>()).add(pod));
    return (int)
        nodes.values().stream()
            .filter(node -> full(node, there.getOrDefault(node.name(), List.of())))
            .count();
  }

  private static boolean full(Node node, List<Pod> pods) {
    return pods.stream().mapToLong(Pod::milliCpu).sum() > node.milliCpu()
        || pods.stream().mapToLong(Pod::memory).sum() > node.memory()
        || pods.size() > node.pods();
  }

  /** Bound pods of which that holds. */
  int count(Predicate<Pod> which) {
    return (int) pods.stream().filter(Pod::bound).filter(which).count();
  }

  /** Of the pods of which that holds, those that are on a node with another of them. */
  int together(Predicate<Pod> which) {
    Map<String, Integer> there = new HashMap<>();
    pods.stream()
        .filter(Pod::bound)
        .filter(which)
        .forEach(pod -> there.merge(pod.node(), 1, Integer::sum));
    return there.values().stream().filter(n -> n > 1).mapToInt(Integer::intValue).sum();
  }

  /** How many of them are in each zone that has nodes. */
  Map<String, Integer> zones(Predicate<Pod> which) {
    Map<String, Integer> zones = new HashMap<>();
    nodes.values().forEach(node -> zones.putIfAbsent(node.zone(), 0));
    pods.stream()
        .filter(Pod::bound)
        .filter(which)
        .forEach(pod -> zones.merge(zone(pod), 1, Integer::sum));
    return zones;
  }

  String zone(Pod pod) {
    Node node = nodes.get(pod.node());
    return node == null ? "" : node.zone();
  }
}
