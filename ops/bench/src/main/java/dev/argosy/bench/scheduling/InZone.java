package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Pods that must be in one of two of the three zones. */
record InZone() implements Workload {

  @Override
  public String name() {
    return "node-affinity";
  }

  @Override
  public double aim() {
    return 2_200;
  }

  @Override
  public ObjectNode pod(String name, int number) {
    return Objects.pod(
        name,
        "\"app\":\"web\"",
        Objects.SMALL,
        """
        ,"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{\
        "nodeSelectorTerms":[{"matchExpressions":[{"key":"topology.kubernetes.io/zone",\
        "operator":"In","values":["zone-0","zone-1"]}]}]}}}\
        """);
  }

  @Override
  public int misplaced(Placement placement) {
    return placement.count(pod -> pod.measured() && placement.zone(pod).equals("zone-2"));
  }
}
