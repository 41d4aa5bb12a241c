package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import tools.jackson.databind.node.ObjectNode;

/** Important pods for which others must go: every node is full of four that matter less. */
record Preemption() implements Workload {

  private static final GroupResource CLASSES =
      new GroupResource("scheduling.k8s.io", "priorityclasses");

  @Override
  public String name() {
    return "preemption";
  }

  @Override
  public double aim() {
    return 5_700;
  }

  @Override
  public int pods(int usual, int nodes) {
    return Math.min(usual / 2, nodes / 2);
  }

  @Override
  public void prepare(Plane plane, int nodes) throws InterruptedException {
    priority(plane, "low", 10);
    priority(plane, "high", 1_000);
    plane.makeAll(
        Workloads.TENANT_PODS,
        4 * nodes,
        n ->
            Objects.pod(
                "low-" + n,
                "",
                "\"cpu\":\"900m\",\"memory\":\"500Mi\"",
                ",\"priorityClassName\":\"low\",\"terminationGracePeriodSeconds\":0,\"nodeName\":\"node-"
                    + n % nodes
                    + "\""));
  }

  private static void priority(Plane plane, String name, int value) {
    ObjectNode named = Objects.named("scheduling.k8s.io/v1", "PriorityClass", name);
    plane
        .client()
        .create(ResourceScope.cluster(CLASSES, Plane.TENANT), named.put("value", value))
        .orThrow();
  }

  @Override
  public ObjectNode pod(String name, int number) {
    return Objects.pod(
        name,
        "",
        "\"cpu\":\"3\",\"memory\":\"500Mi\"",
        ",\"priorityClassName\":\"high\",\"terminationGracePeriodSeconds\":0");
  }

  /** Pods that went though nobody took their place: more than four for each that is bound. */
  @Override
  public int misplaced(Placement placement) {
    int gone = 4 * placement.nodes().size() - placement.count(pod -> pod.name().startsWith("low-"));
    return Math.max(0, gone - 4 * placement.count(Placement.Pod::measured));
  }
}
