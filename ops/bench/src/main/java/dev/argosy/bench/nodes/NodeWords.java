package dev.argosy.bench.nodes;

import dev.argosy.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Words what an agent says of its node.
 *
 * @param zone empty for none
 */
record NodeWords(String name, String ip, String zone, String pool, Options.Room room) {

  private static final List<String> PRESSURES =
      List.of("MemoryPressure", "DiskPressure", "PIDPressure");

  ObjectNode node() {
    ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
    ObjectNode labels = node.putObject("metadata").put("name", name).putObject("labels");
    labels.put("argosy.dev/pool", pool);
    labels.put("argosy.dev/simulated", "true");
    labels.put("kubernetes.io/hostname", name);
    labels.put("kubernetes.io/os", "linux").put("kubernetes.io/arch", "amd64");
    if (!zone.isEmpty()) {
      labels.put("topology.kubernetes.io/zone", zone);
    }
    node.putObject("spec");
    return node;
  }

  /** A body for its status; the node became ready at that time. */
  ObjectNode status(Instant ready, Instant now) {
    ObjectNode body = Json.object();
    ObjectNode status = body.putObject("status");
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", ip);
    addresses.addObject().put("type", "Hostname").put("address", name);
    room(status.putObject("capacity"));
    room(status.putObject("allocatable"));
    ArrayNode conditions = status.putArray("conditions");
    for (String pressure : PRESSURES) {
      condition(conditions, pressure, false, ready, now);
    }
    condition(conditions, "Ready", true, ready, now);
    ObjectNode info = status.putObject("nodeInfo");
    info.put("architecture", "amd64").put("operatingSystem", "linux").put("bootID", name);
    info.put("containerRuntimeVersion", "fake://1").put("kernelVersion", "fake");
    info.put("kubeProxyVersion", "v1.35.0").put("kubeletVersion", "v1.35.0-argosy-simulator");
    info.put("machineID", name).put("osImage", "fake").put("systemUUID", name);
    return body;
  }

  private void room(ObjectNode amounts) {
    amounts.put("cpu", room.cpu()).put("memory", room.memory());
    amounts.put("pods", Integer.toString(room.pods()));
  }

  private static void condition(
      ArrayNode all, String type, boolean holds, Instant since, Instant now) {
    all.addObject()
        .put("type", type)
        .put("status", holds ? "True" : "False")
        .put("reason", holds ? "KubeletReady" : "KubeletHasNo" + type)
        .put("message", holds ? "the simulated agent is ready" : "a simulated node has enough")
        .put("lastHeartbeatTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("lastTransitionTime", since.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** A new lease. */
  ObjectNode lease(Instant now) {
    ObjectNode lease =
        Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", name);
    lease
        .putObject("spec")
        .put("holderIdentity", name)
        .put("leaseDurationSeconds", 40)
        .put("renewTime", time(now));
    return lease;
  }

  ObjectNode renewal(Instant now) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("renewTime", time(now));
    return patch;
  }

  private static String time(Instant now) {
    return now.truncatedTo(ChronoUnit.MICROS).toString();
  }
}
