package dev.argosy.bench.plane;

import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests; each call makes a new tree. */
public final class Objects {

  /** As scheduler_perf's pods; four fit on a node by cpu of 900m. */
  public static final String SMALL = "\"cpu\":\"100m\",\"memory\":\"500Mi\"";

  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{%s}},"spec":{\
      "containers":[{"name":"pause","image":"registry.example/pause:1","resources":{\
      "requests":{%s}}}]%s}}\
      """;

  private static final String NODE =
      """
      {"apiVersion":"v1","kind":"Node","metadata":{"name":"%s","labels":{\
      "kubernetes.io/hostname":"%s","topology.kubernetes.io/zone":"%s",\
      "argosy.dev/pool":"default"}},"spec":{},"status":{\
      "capacity":{"cpu":"4","memory":"32Gi","pods":"%d"},\
      "allocatable":{"cpu":"4","memory":"32Gi","pods":"%d"},\
      "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady",\
      "message":"ready","lastHeartbeatTime":"2026-01-01T00:00:00Z",\
      "lastTransitionTime":"2026-01-01T00:00:00Z"}]}}\
      """;

  private Objects() {}

  public static ObjectNode named(String apiVersion, String kind, String name) {
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  public static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text);
  }

  /**
   * A pod of one container.
   *
   * @param labels members of a JSON object
   * @param requests the same
   * @param more further members of its spec, each after a comma
   */
  public static ObjectNode pod(String name, String labels, String requests, String more) {
    return json(POD.formatted(name, labels, requests, more));
  }

  /** A node of the default pool, ready, with 4 cpu and 32 GiB. */
  public static ObjectNode node(String name, String zone, int pods) {
    return json(NODE.formatted(name, name, zone, pods, pods));
  }
}
