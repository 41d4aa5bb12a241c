package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ResourceScope;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The same with pods of a hundred namespaces, chosen by a label that these bear. */
record ApartAcross() implements Workload {

  private static final int NAMESPACES = 100;
  private static final String SORT = "\"color\":\"green\"";

  @Override
  public String name() {
    return "anti-affinity-across-namespaces";
  }

  @Override
  public double aim() {
    return 240;
  }

  @Override
  public int pods(int usual, int nodes) {
    return Math.min(usual / 10, nodes / 4);
  }

  @Override
  public void prepare(Plane plane, int nodes) throws InterruptedException {
    Plane.each(
        NAMESPACES, n -> plane.namespace(Plane.TENANT, namespace(n), Map.of("team", "devops")));
    Plane.each(
        nodes / 5,
        n ->
            plane
                .client()
                .create(
                    ResourceScope.namespace(Plane.PODS, Plane.TENANT, namespace(n)),
                    Objects.pod(
                        "present-" + n,
                        SORT,
                        Objects.SMALL,
                        more(",\"nodeName\":\"node-" + n + "\"")))
                .orThrow());
    Workloads.tempt(plane, nodes / 5, nodes);
  }

  @Override
  public String namespace(int number) {
    return "team-" + number % NAMESPACES;
  }

  private static String more(String node) {
    return node
        + """
        ,"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{\
        "labelSelector":{"matchLabels":{"color":"green"}},"topologyKey":"kubernetes.io/hostname",\
        "namespaceSelector":{"matchLabels":{"team":"devops"}}}]}}\
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
