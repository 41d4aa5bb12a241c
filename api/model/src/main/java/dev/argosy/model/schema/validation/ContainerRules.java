package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One container of a pod. */
final class ContainerRules {

  private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGES = List.of("FallbackToLogsOnError", "File");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private ContainerRules() {}

  /**
   * What a container's rules must know of its pod.
   *
   * @param volumes names of the pod's volumes
   * @param claims those of them that claims have
   * @param names names of the containers seen so far; added to
   * @param restarts the pod's restartPolicy
   * @param grace the pod's terminationGracePeriodSeconds
   */
  record Context(
      Set<String> volumes,
      Set<String> claims,
      Set<String> names,
      boolean hostNetwork,
      boolean template,
      String restarts,
      long grace) {}

  static void validate(
      JsonNode container, Path path, boolean init, Context context, Checks checks) {
    name(container, path, context, checks);
    image(container, path, context, checks);
    boolean sidecar = init && container.path("restartPolicy").asString("").equals("Always");
    RestartRules.validate(container, context.restarts(), path, checks);
    ports(container.path("ports"), path.child("ports"), context, checks);
    EnvRules.env(container.path("env"), path.child("env"), checks);
    EnvRules.envFrom(container.path("envFrom"), path.child("envFrom"), checks);
    VolumeRules.mounts(container, path, context.volumes(), checks);
    DeviceRules.devices(container, path, context.volumes(), context.claims(), checks);
    ResourceRules.container(container.path("resources"), path.child("resources"), checks);
    SecurityRules.container(
        container.path("securityContext"), path.child("securityContext"), checks);
    if (init && !sidecar) {
      noProbes(container, path, checks);
    } else {
      ProbeRules.probes(container, path, checks);
      ProbeRules.lifecycle(
          container.path("lifecycle"), path.child("lifecycle"), context.grace(), checks);
    }
  }

  private static void name(JsonNode container, Path path, Context context, Checks checks) {
    String name = container.path("name").asString("");
    if (name.isEmpty()) {
      checks.required(path.child("name"), "");
      return;
    }
    checks.invalidAll(path.child("name"), name, NameRules.dnsLabel(name));
    if (!context.names().add(name)) {
      checks.duplicate(path.child("name"), name);
    }
  }

  private static void image(JsonNode container, Path path, Context context, Checks checks) {
    String image = container.path("image").asString("");
    if (image.isEmpty()) {
      checks.required(path.child("image"), "");
    } else if (!context.template() && !image.strip().equals(image)) {
      checks.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
    }
    checks.oneOf(
        path.child("imagePullPolicy"), container.path("imagePullPolicy").asString(""), PULL);
    checks.oneOf(
        path.child("terminationMessagePolicy"),
        container.path("terminationMessagePolicy").asString(""),
        MESSAGES);
  }

  private static void noProbes(JsonNode container, Path path, Checks checks) {
    for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (!container.path(field).isMissingNode()) {
        checks.forbidden(
            path.child(field), "may not be set for init containers without restartPolicy=Always");
      }
    }
  }

  private static void ports(JsonNode ports, Path path, Context context, Checks checks) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      Path at = path.at(i);
      String name = port.path("name").asString("");
      if (!name.isEmpty()) {
        checks.invalidAll(at.child("name"), name, NameRules.portName(name));
        if (!names.add(name)) {
          checks.duplicate(at.child("name"), name);
        }
      }
      portNumbers(port, at, context, checks);
      checks.oneOf(at.child("protocol"), port.path("protocol").asString(""), PROTOCOLS);
    }
  }

  private static void portNumbers(JsonNode port, Path path, Context context, Checks checks) {
    long containerPort = port.path("containerPort").asLong(0);
    if (containerPort == 0) {
      checks.required(path.child("containerPort"), "");
    } else {
      checks.range(path.child("containerPort"), port.path("containerPort"), 1, 65_535);
    }
    long hostPort = port.path("hostPort").asLong(0);
    if (hostPort != 0) {
      checks.range(path.child("hostPort"), port.path("hostPort"), 1, 65_535);
      if (context.hostNetwork() && !context.template() && hostPort != containerPort) {
        checks.invalid(
            path.child("hostPort"),
            port.path("hostPort"),
            "must match `containerPort` when `hostNetwork` is true");
      }
    }
  }
}
