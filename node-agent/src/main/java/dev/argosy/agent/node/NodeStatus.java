package dev.argosy.agent.node;

import dev.argosy.agent.device.Devices;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeInfo;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Words {@code node.status}; pure. */
final class NodeStatus {

  private static final int MOST_IMAGES = 50;
  private static final int MOST_NAMES = 5;

  private final NodeIdentity identity;
  private final NodeFacts facts;
  private final JsonNode before;
  private final Instant now;

  /** A status that keeps transition times of the one before. */
  NodeStatus(NodeIdentity identity, NodeFacts facts, JsonNode before, Instant now) {
    this.identity = identity;
    this.facts = facts;
    this.before = before;
    this.now = now;
  }

  ObjectNode of(
      NodeHealth.Report health,
      List<Image> images,
      int tunnelPort,
      Map<String, Devices.Amount> devices) {
    ObjectNode status = Json.object();
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("address", identity.ip()).put("type", "InternalIP");
    addresses.addObject().put("address", identity.name()).put("type", "Hostname");
    ObjectNode allocatable = status.putObject("allocatable");
    ObjectNode capacity = status.putObject("capacity");
    facts.allocatable().forEach(allocatable::put);
    facts.capacity().forEach(capacity::put);
    writtenByOthers("allocatable", allocatable);
    writtenByOthers("capacity", capacity);
    devices.forEach((resource, amount) -> {
      allocatable.put(resource, Integer.toString(amount.allocatable()));
      capacity.put(resource, Integer.toString(amount.capacity()));
    });
    status.set("conditions", conditions(health));
    status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", tunnelPort);
    status.set("images", images(images));
    status.set("nodeInfo", info(health));
    return status;
  }

  /** Extended resources that somebody wrote into the status stay. */
  private void writtenByOthers(String list, ObjectNode amounts) {
    before
        .path(list)
        .properties()
        .forEach(e -> {
          if (e.getKey().contains("/")) {
            amounts.set(e.getKey(), e.getValue());
          }
        });
  }

  private ArrayNode conditions(NodeHealth.Report health) {
    ArrayNode conditions = Json.mapper().createArrayNode();
    condition(
        conditions,
        "MemoryPressure",
        health.memoryPressure(),
        health.memoryPressure() ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
        health.memoryPressure() ? "the node is short of memory" : "the node has enough memory");
    condition(
        conditions,
        "DiskPressure",
        health.diskPressure(),
        health.diskPressure() ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure",
        health.diskPressure()
            ? "the node is short of disk space"
            : "the node has enough disk space");
    condition(
        conditions,
        "PIDPressure",
        health.processPressure(),
        health.processPressure() ? "KubeletHasInsufficientPID" : "KubeletHasSufficientPID",
        health.processPressure() ? "the node runs out of process ids" : "the node has enough PIDs");
    boolean ready = health.notReady().isEmpty();
    condition(
        conditions,
        "Ready",
        ready,
        ready ? "KubeletReady" : "KubeletNotReady",
        health.notReady().orElse("the node agent is posting ready status"));
    return conditions;
  }

  private void condition(
      ArrayNode conditions, String type, boolean holds, String reason, String message) {
    String status = holds ? "True" : "False";
    JsonNode old = Json.object();
    for (JsonNode one : before.path("conditions")) {
      if (one.path("type").asString("").equals(type)) {
        old = one;
      }
    }
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    boolean same = old.path("status").asString("").equals(status);
    conditions
        .addObject()
        .put("lastHeartbeatTime", time)
        .put("lastTransitionTime", same ? old.path("lastTransitionTime").asString(time) : time)
        .put("message", message)
        .put("reason", reason)
        .put("status", status)
        .put("type", type);
  }

  private static ArrayNode images(List<Image> images) {
    ArrayNode list = Json.mapper().createArrayNode();
    images.stream()
        .filter(i -> !i.names().isEmpty())
        .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
        .limit(MOST_IMAGES)
        .forEach(i -> {
          ObjectNode one = list.addObject();
          ArrayNode names = one.putArray("names");
          i.names().stream().limit(MOST_NAMES).forEach(names::add);
          one.put("sizeBytes", i.bytes());
        });
    return list;
  }

  private ObjectNode info(NodeHealth.Report health) {
    RuntimeInfo engine = health.engine().orElse(new RuntimeInfo("docker", "unknown", ""));
    ObjectNode info = Json.object();
    info.put("architecture", facts.architecture()).put("bootID", facts.bootId());
    info.put("containerRuntimeVersion", engine.name() + "://" + engine.version());
    info.put("kernelVersion", facts.kernel());
    info.put("kubeProxyVersion", "v1.35.0").put("kubeletVersion", "v1.35.0-argosy");
    info.put("machineID", facts.machineId()).put("operatingSystem", "linux");
    info.put("osImage", facts.osImage()).put("systemUUID", facts.machineId());
    return info;
  }
}
