package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import tools.jackson.databind.node.ObjectNode;

/** Pods that must be in a zone with others of their sort; the first is in one of three. */
record Near() implements Workload {

  private static final String SORT = "\"color\":\"blue\"";

  @Override
  public String name() {
    return "pod-affinity";
  }

  @Override
  public double aim() {
    return 350;
  }

  @Override
  public int pods(int usual, int nodes) {
    return usual / 2;
  }

  @Override
  public void prepare(Plane plane, int nodes) throws InterruptedException {
    plane.makeAll(
        Workloads.TENANT_PODS,
        nodes / ZONES / 2,
        n ->
            Objects.pod(
                "present-" + n, SORT, Objects.SMALL, ",\"nodeName\":\"node-" + n * ZONES + "\""));
  }

  @Override
  public ObjectNode pod(String name, int number) {
    return Objects.pod(
        name,
        SORT,
        Objects.SMALL,
        """
        ,"affinity":{"podAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{\
        "labelSelector":{"matchLabels":{"color":"blue"}},\
        "topologyKey":"topology.kubernetes.io/zone"}]}}\
        """);
  }

  @Override
  public int misplaced(Placement placement) {
    return placement.count(pod -> pod.measured() && !placement.zone(pod).equals("zone-0"));
  }
}
