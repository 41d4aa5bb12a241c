package dev.argosy.scheduler;

import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests. */
final class TestPods {

  private TestPods() {}

  static ObjectNode pod(String name, String cpu) {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod").putObject("metadata").put("name", name);
    ObjectNode container =
        pod.putObject("spec").putArray("containers").addObject().put("name", "c");
    container.put("image", "demo:1");
    container.putObject("resources").putObject("requests").put("cpu", cpu);
    return pod;
  }

  static ObjectNode node(String name, String cpu, int pods) {
    ObjectNode node = Json.object();
    node.put("apiVersion", "v1").put("kind", "Node");
    node.putObject("metadata").put("name", name).putObject("labels").put("name", name);
    node.putObject("status")
        .putObject("allocatable")
        .put("cpu", cpu)
        .put("memory", "8Gi")
        .put("pods", Integer.toString(pods));
    return node;
  }

  static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }
}
