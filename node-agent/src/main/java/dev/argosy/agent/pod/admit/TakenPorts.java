package dev.argosy.agent.pod.admit;

import dev.argosy.agent.network.hostport.HostPort;
import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which pod has which ports of the machine. Thread-safe. */
final class TakenPorts {

  private static final int MOST = 65_535;

  private final Map<String, List<PortMapping>> taken = new HashMap<>();

  /** Takes all that a pod wants, or none: then another has one of them. */
  synchronized boolean take(PodView pod) {
    List<PortMapping> wanted = wanted(pod);
    boolean free =
        taken.entrySet().stream()
            .filter(other -> !other.getKey().equals(pod.uid()))
            .flatMap(other -> other.getValue().stream())
            .noneMatch(one -> wanted.stream().anyMatch(w -> w.front().excludes(one.front())));
    if (free && !wanted.isEmpty()) {
      taken.put(pod.uid(), wanted);
    }
    return free;
  }

  /** Counts what a pod has that was begun before, whatever others have. */
  synchronized void keep(PodView pod) {
    List<PortMapping> wanted = wanted(pod);
    if (!wanted.isEmpty()) {
      taken.put(pod.uid(), wanted);
    }
  }

  synchronized void free(String uid) {
    taken.remove(uid);
  }

  /** Of the containers that go on running; as the scheduler counts them. */
  static List<PortMapping> wanted(PodView pod) {
    List<PortMapping> ports = new ArrayList<>();
    for (ContainerView container : pod.all()) {
      if (!container.init() || container.sidecar()) {
        container.tree().path("ports").forEach(port -> add(ports, port));
      }
    }
    return ports;
  }

  private static void add(List<PortMapping> ports, JsonNode port) {
    int host = port.path("hostPort").asInt(0);
    if (host > 0 && host <= MOST) {
      ports.add(
          new PortMapping(
              new HostPort(
                  port.path("hostIP").asString(""), port.path("protocol").asString(""), host),
              port.path("containerPort").asInt(0)));
    }
  }
}
