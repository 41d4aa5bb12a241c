package dev.argosy.bench.scheduling;

import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import tools.jackson.databind.node.ObjectNode;

/** What is scheduled, among what, and how to tell that it was placed right. */
interface Workload {

  /** Three zones, in turns. */
  int ZONES = 3;

  String name();

  /** Pods a second that are aimed at: ten times the public threshold at 5,000 nodes. */
  double aim();

  /** How many nodes, where so many are usual. */
  default int nodes(int usual) {
    return usual;
  }

  /** How many measured pods, where so many are usual and there are so many nodes. */
  default int pods(int usual, int nodes) {
    return usual;
  }

  default ObjectNode node(int number) {
    return Objects.node("node-" + number, "zone-" + number % ZONES, 110);
  }

  /** Makes what is there before the scheduler begins, besides the nodes. */
  default void prepare(Plane plane, int nodes) throws InterruptedException {}

  /** The namespace of a measured pod. */
  default String namespace(int number) {
    return "default";
  }

  /** A measured pod of that name. */
  ObjectNode pod(String name, int number);

  /** Begins to do what disturbs the scheduler while it works; closed when the pods are placed. */
  default AutoCloseable disturb(Plane plane) {
    return () -> {};
  }

  /** How many pods are where they must not be, by this workload's own rule. */
  default int misplaced(Placement placement) {
    return 0;
  }
}
