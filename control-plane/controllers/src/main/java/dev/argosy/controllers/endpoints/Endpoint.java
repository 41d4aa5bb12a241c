package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One address of one pod.
 *
 * @param hostname empty unless the pod asks for a name under the Service
 * @param zone of its node; empty if it has none
 * @param hints for whom it is
 */
record Endpoint(
    String address,
    boolean ready,
    boolean serving,
    boolean terminating,
    String hostname,
    String node,
    String zone,
    Hints hints,
    String namespace,
    String pod,
    String uid) {

  static Endpoint of(ServiceView service, PodView pod, String address, String zone) {
    boolean serving = pod.ready().isPresent();
    boolean named = pod.subdomain().equals(service.name()) && !pod.hostname().isEmpty();
    boolean ready = service.publishNotReady() || (serving && !pod.deleting());
    return new Endpoint(
        address,
        ready,
        serving,
        pod.deleting(),
        named ? pod.hostname() : "",
        pod.node(),
        zone,
        ready ? Hints.of(service.distribution(), pod.node(), zone) : Hints.NONE,
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
        endpoint.path("zone").asString(""),
        Hints.of(endpoint.path("hints")),
        target.path("namespace").asString(""),
        target.path("name").asString(""),
        target.path("uid").asString(""));
  }

  /** Tells it from the others of its Service. */
  String id() {
    return address + uid;
  }

  /** What clients see of its state. */
  String state() {
    return ready + " " + serving + " " + terminating;
  }

  Endpoint with(Hints other) {
    return new Endpoint(
        address, ready, serving, terminating, hostname, node, zone, other, namespace, pod, uid);
  }

  /** The entry of a slice. */
  ObjectNode toSlice() {
    ObjectNode node = Json.object();
    node.putArray("addresses").add(address);
    ObjectNode conditions = node.putObject("conditions");
    conditions.put("ready", ready).put("serving", serving).put("terminating", terminating);
    if (!zone.isEmpty()) {
      node.put("zone", zone);
    }
    hints.write(node);
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
