package dev.argosy.server.admission.podsecurity;

import static dev.argosy.server.admission.podsecurity.Violation.containers;
import static dev.argosy.server.admission.podsecurity.Violation.plural;
import static dev.argosy.server.admission.podsecurity.Violation.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the baseline says about a pod and the machine that it runs on. */
final class HostChecks {

  private HostChecks() {}

  static Optional<Violation> namespaces(PodToCheck pod, int minor) {
    List<String> set = new ArrayList<>();
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (pod.spec().path(field).asBoolean(false)) {
        set.add(field + "=true");
      }
    }
    return set.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("host namespaces", String.join(", ", set)));
  }

  static Optional<Violation> paths(PodToCheck pod, int minor) {
    List<String> names = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      if (volume.has("hostPath")) {
        names.add(volume.path("name").asString(""));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "hostPath volumes",
                plural("volume", "volumes", names.size()) + " " + quoted(names)));
  }

  static Optional<Violation> ports(PodToCheck pod, int minor) {
    Set<String> ports = new TreeSet<>();
    List<String> names =
        pod.containersThat(container -> {
          int before = ports.size();
          boolean any = false;
          for (JsonNode port : container.path("ports")) {
            int number = port.path("hostPort").asInt(0);
            if (number != 0) {
              ports.add(Integer.toString(number));
              any = true;
            }
          }
          return any || ports.size() > before;
        });
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "hostPort",
                containers(names)
                    + plural(" uses ", " use ", names.size())
                    + plural("hostPort ", "hostPorts ", ports.size())
                    + String.join(", ", ports)));
  }

  static Optional<Violation> probes(PodToCheck pod, int minor) {
    Set<String> hosts = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (JsonNode container : pod.containers()) {
      List<String> own = hosts(container);
      if (!own.isEmpty()) {
        hosts.addAll(own);
        names.add(container.path("name").asString(""));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "probe or lifecycle host",
                containers(names)
                    + plural(" uses ", " use ", names.size())
                    + plural("probe or lifecycle host ", "probe or lifecycle hosts ", hosts.size())
                    + quoted(hosts)));
  }

  private static List<String> hosts(JsonNode container) {
    List<JsonNode> handlers = new ArrayList<>();
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      handlers.add(container.path(probe));
    }
    for (String hook : List.of("postStart", "preStop")) {
      handlers.add(container.path("lifecycle").path(hook));
    }
    List<String> hosts = new ArrayList<>();
    for (JsonNode handler : handlers) {
      for (String way : List.of("httpGet", "tcpSocket")) {
        String host = handler.path(way).path("host").asString("");
        if (!host.isEmpty()) {
          hosts.add(host);
        }
      }
    }
    return hosts;
  }

  static Optional<Violation> windows(PodToCheck pod, int minor) {
    String setters =
        pod.setters(context -> context.path("windowsOptions").path("hostProcess").asBoolean(false));
    return setters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "hostProcess",
                setters + " must not set securityContext.windowsOptions.hostProcess=true"));
  }
}
