package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Pods that run together or not at all, a thousand each time. */
record Gangs() implements Workload {

  private static final int MEMBERS = 1_000;
  private static final GroupResource GROUPS = new GroupResource("scheduling.x-k8s.io", "podgroups");

  @Override
  public String name() {
    return "gangs";
  }

  @Override
  public double aim() {
    return 3_400;
  }

  @Override
  public int pods(int usual, int nodes) {
    return Math.max(1, usual / MEMBERS) * MEMBERS;
  }

  @Override
  public void prepare(Plane plane, int nodes) throws InterruptedException {
    plane.makeAll(ResourceScope.namespace(GROUPS, Plane.TENANT, "default"), 100, Gangs::group);
  }

  private static ObjectNode group(int number) {
    ObjectNode group = Json.object();
    group.put("apiVersion", "scheduling.x-k8s.io/v1alpha1").put("kind", "PodGroup");
    group.putObject("metadata").put("name", "gang-" + number);
    group.putObject("spec").put("minMember", MEMBERS);
    return group;
  }

  @Override
  public ObjectNode pod(String name, int number) {
    String labels = "\"scheduling.x-k8s.io/pod-group\":\"gang-" + number / MEMBERS + "\"";
    return Objects.pod(name, labels, Objects.SMALL, "");
  }
}
