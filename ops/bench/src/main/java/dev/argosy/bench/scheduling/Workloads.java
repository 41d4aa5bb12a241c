package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.ResourceScope;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All workloads, and those without a class of their own. */
final class Workloads {

  static final ResourceScope TENANT_PODS =
      ResourceScope.namespace(Plane.PODS, Plane.TENANT, "default");

  private Workloads() {}

  static List<Workload> all() {
    return List.of(
        new Basic(),
        new Unschedulable(),
        new Spread("DoNotSchedule"),
        new Spread("ScheduleAnyway"),
        new InZone(),
        new Near(),
        new Apart(),
        new ApartAcross(),
        new Preemption(),
        new Churn(),
        new Daemons(),
        new Gated(),
        new Gangs());
  }

  /** Pods on their nodes before the scheduler begins, in turns. */
  static void present(Plane plane, int count, int nodes, String labels, String requests)
      throws InterruptedException {
    plane.makeAll(
        TENANT_PODS,
        count,
        n ->
            Objects.pod(
                "present-" + n, labels, requests, ",\"nodeName\":\"node-" + n % nodes + "\""));
  }

  /** Others on the nodes from that number on, so that the nodes before them are emptier. */
  static void tempt(Plane plane, int from, int nodes) throws InterruptedException {
    plane.makeAll(
        TENANT_PODS,
        nodes - from,
        n ->
            Objects.pod(
                "other-" + n,
                "",
                "\"cpu\":\"300m\",\"memory\":\"1500Mi\"",
                ",\"nodeName\":\"node-" + (from + n) + "\""));
  }

  /** Pods with nothing particular about them. */
  record Basic() implements Workload {
    @Override
    public String name() {
      return "basic";
    }

    @Override
    public double aim() {
      return 6_800;
    }

    @Override
    public void prepare(Plane plane, int nodes) throws InterruptedException {
      present(plane, nodes / 5, nodes, "\"app\":\"there\"", Objects.SMALL);
    }

    @Override
    public ObjectNode pod(String name, int number) {
      return Objects.pod(name, "\"app\":\"web\"", Objects.SMALL, "");
    }
  }

  /** The same behind 200 pods that fit nowhere. */
  record Unschedulable() implements Workload {
    @Override
    public String name() {
      return "unschedulable";
    }

    @Override
    public double aim() {
      return 6_000;
    }

    @Override
    public void prepare(Plane plane, int nodes) throws InterruptedException {
      plane.makeAll(
          TENANT_PODS,
          200,
          n -> Objects.pod("large-" + n, "", "\"cpu\":\"9\",\"memory\":\"500Mi\"", ""));
    }

    @Override
    public ObjectNode pod(String name, int number) {
      return Objects.pod(name, "\"app\":\"web\"", Objects.SMALL, "");
    }

    @Override
    public int misplaced(Placement placement) {
      return placement.count(pod -> pod.name().startsWith("large-"));
    }
  }

  /** The same beside 10,000 pods that nobody has released yet. */
  record Gated() implements Workload {
    @Override
    public String name() {
      return "gated";
    }

    @Override
    public double aim() {
      return 6_800;
    }

    @Override
    public void prepare(Plane plane, int nodes) throws InterruptedException {
      plane.makeAll(
          TENANT_PODS,
          2 * nodes,
          n ->
              Objects.pod(
                  "gated-" + n,
                  "",
                  Objects.SMALL,
                  ",\"schedulingGates\":[{\"name\":\"bench.argosy.dev/closed\"}]"));
    }

    @Override
    public ObjectNode pod(String name, int number) {
      return Objects.pod(name, "\"app\":\"web\"", Objects.SMALL, "");
    }

    @Override
    public int misplaced(Placement placement) {
      return placement.count(pod -> pod.name().startsWith("gated-"));
    }
  }

  /** One pod for each node, named by its field, as the daemon set controller makes them. */
  record Daemons() implements Workload {
    @Override
    public String name() {
      return "daemonset";
    }

    @Override
    public double aim() {
      return 11_000;
    }

    @Override
    public int nodes(int usual) {
      return 3 * usual;
    }

    @Override
    public int pods(int usual, int nodes) {
      return nodes;
    }

    @Override
    public ObjectNode pod(String name, int number) {
      return Objects.pod(
          name,
          "\"app\":\"daemon\",\"wanted\":\"node-" + number + "\"",
          Objects.SMALL,
          """
          ,"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{\
          "nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name","operator":"In",\
          "values":["node-%d"]}]}]}}}\
          """
              .formatted(number));
    }

    @Override
    public int misplaced(Placement placement) {
      return placement.count(
          pod -> pod.measured() && !pod.node().equals(pod.labels().getOrDefault("wanted", "")));
    }
  }
}
