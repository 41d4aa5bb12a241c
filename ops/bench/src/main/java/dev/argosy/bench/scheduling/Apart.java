package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import tools.jackson.databind.node.ObjectNode;

/** Pods of which no two may be on one node. */
record Apart() implements Workload {

  private static final String SORT = "\"color\":\"green\"";

  @Override
  public String name() {
    return "anti-affinity";
  }

  @Override
  public double aim() {
    return 600;
  }

  @Override
  public int pods(int usual, int nodes) {
    return Math.min(usual / 10, nodes / 4);
  }

  @Override
  public void prepare(Plane plane, int nodes) throws InterruptedException {
    plane.makeAll(
        Workloads.TENANT_PODS,
        nodes / 5,
        n ->
            Objects.pod(
                "present-" + n, SORT, Objects.SMALL, more(",\"nodeName\":\"node-" + n + "\"")));
    Workloads.tempt(plane, nodes / 5, nodes);
  }

  private static String more(String node) {
    return node
        + """
        ,"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{\
        "labelSelector":{"matchLabels":{"color":"green"}},"topologyKey":"kubernetes.io/hostname"}]}}\
        """;
  }

  @Override
  public ObjectNode pod(String name, int number) {
    return Objects.pod(name, SORT, Objects.SMALL, more(""));
  }

  @Override
  public int misplaced(Placement placement) {
    return placement.together(pod -> "green".equals(pod.labels().get("color")));
  }
}
