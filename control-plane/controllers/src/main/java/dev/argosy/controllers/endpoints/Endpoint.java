package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One address of one pod.
 *
 * @param hostname empty unless the pod asks for a name under the Service
 */
record Endpoint(
    String address,
    boolean ready,
    boolean serving,
    boolean terminating,
    String hostname,
    String node,
    String namespace,
    String pod,
    String uid) {

  static Endpoint of(ServiceView service, PodView pod, String address) {
    boolean serving = pod.ready().isPresent();
    boolean named = pod.subdomain().equals(service.name()) && !pod.hostname().isEmpty();
    return new Endpoint(
        address,
        service.publishNotReady() || (serving && !pod.deleting()),
        serving,
        pod.deleting(),
        named ? pod.hostname() : "",
        pod.node(),
        pod.key().namespace(),
        pod.name(),
        pod.uid());
  }

  static Endpoint of(JsonNode endpoint) {
    JsonNode conditions = endpoint.path("conditions");
    JsonNode target = endpoint.path("targetRef");
    return new Endpoint(
        endpoint.path("addresses").path(0).asString(""),
        conditions.path("ready").asBoolean(true),
        conditions.path("serving").asBoolean(true),
        conditions.path("terminating").asBoolean(false),
        endpoint.path("hostname").asString(""),
        endpoint.path("nodeName").asString(""),
        target.path("namespace").asString(""),
        target.path("name").asString(""),
        target.path("uid").asString(""));
  }

  /** The entry of a slice. */
  ObjectNode toSlice() {
    ObjectNode node = Json.object();
    node.putArray("addresses").add(address);
    ObjectNode conditions = node.putObject("conditions");
    conditions.put("ready", ready).put("serving", serving).put("terminating", terminating);
    return withRest(node);
  }

  /** The entry of a subset. */
  ObjectNode toAddress() {
    return withRest(Json.object().put("ip", address));
  }

  private ObjectNode withRest(ObjectNode json) {
    if (!hostname.isEmpty()) {
      json.put("hostname", hostname);
    }
    if (!node.isEmpty()) {
      json.put("nodeName", node);
    }
    ObjectNode target = json.putObject("targetRef").put("kind", "Pod");
    target.put("namespace", namespace).put("name", pod).put("uid", uid);
    return json;
  }
}
