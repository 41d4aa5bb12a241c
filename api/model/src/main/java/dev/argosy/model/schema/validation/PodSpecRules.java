package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The spec of a pod or of a pod template. */
final class PodSpecRules {

  private static final List<String> RESTART = List.of("Always", "Never", "OnFailure");

  private PodSpecRules() {}

  /** The spec of a pod. */
  static void pod(JsonNode spec, Path path, Checks checks) {
    validate(spec, path, false, Set.of(), checks);
    notYet(spec.path("ephemeralContainers"), path, "cannot be set on create", checks);
  }

  /** The spec of a pod that has been changed; it may have got ephemeral containers. */
  static void changedPod(JsonNode spec, Path path, Checks checks) {
    EphemeralRules.validate(spec, validate(spec, path, false, Set.of(), checks), path, checks);
  }

  /**
   * The spec in a pod template.
   *
   * @param more names of volumes that the pods get besides those of the template
   */
  static void template(JsonNode spec, Path path, Set<String> more, Checks checks) {
    validate(spec, path, true, more, checks);
    notYet(
        spec.path("ephemeralContainers"),
        path,
        "ephemeral containers not allowed in pod template",
        checks);
  }

  private static ContainerRules.Context validate(
      JsonNode spec, Path path, boolean template, Set<String> more, Checks checks) {
    Set<String> volumes = VolumeRules.volumes(spec.path("volumes"), path, checks);
    volumes.addAll(more);
    Set<String> claims = DeviceRules.claims(spec.path("volumes"));
    claims.addAll(more);
    ContainerRules.Context context =
        new ContainerRules.Context(
            volumes,
            claims,
            new HashSet<>(),
            spec.path("hostNetwork").asBoolean(false),
            template,
            spec.path("restartPolicy").asString(""),
            spec.path("terminationGracePeriodSeconds").asLong(30));
    containers(spec, path, context, checks);
    FileKeyRules.validate(spec, path, checks);
    checks.oneOf(path.child("restartPolicy"), spec.path("restartPolicy").asString(""), RESTART);
    DnsRules.validate(spec, path, checks);
    HostRules.validate(spec, path, checks);
    PodResourceRules.validate(spec, path, checks);
    names(spec, path, checks);
    MetadataRules.labels(spec.path("nodeSelector"), path.child("nodeSelector"), checks);
    SchedulingRules.validate(spec, path, template, checks);
    SecurityRules.pod(spec, path, checks);
    limits(spec, path, checks);
    return context;
  }

  private static void containers(
      JsonNode spec, Path path, ContainerRules.Context context, Checks checks) {
    JsonNode containers = spec.path("containers");
    Path at = path.child("containers");
    if (containers.isEmpty()) {
      checks.required(at, "");
    }
    for (int i = 0; i < containers.size(); i++) {
      ContainerRules.validate(containers.get(i), at.at(i), false, context, checks);
    }
    JsonNode init = spec.path("initContainers");
    for (int i = 0; i < init.size(); i++) {
      ContainerRules.validate(
          init.get(i), path.child("initContainers").at(i), true, context, checks);
    }
    hostPorts(containers, at, checks);
  }

  private static void hostPorts(JsonNode containers, Path path, Checks checks) {
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      JsonNode ports = containers.get(i).path("ports");
      for (int j = 0; j < ports.size(); j++) {
        JsonNode port = ports.get(j);
        int hostPort = port.path("hostPort").asInt(0);
        String place =
            port.path("protocol").asString("")
                + "/"
                + port.path("hostIP").asString("")
                + "/"
                + hostPort;
        if (hostPort != 0 && !taken.add(place)) {
          checks.duplicate(path.at(i).child("ports").at(j).child("hostPort"), place);
        }
      }
    }
  }

  private static void notYet(JsonNode ephemeral, Path path, String why, Checks checks) {
    if (!ephemeral.isEmpty()) {
      checks.forbidden(path.child("ephemeralContainers"), why);
    }
  }

  private static void names(JsonNode spec, Path path, Checks checks) {
    for (String field :
        List.of("nodeName", "serviceAccountName", "priorityClassName", "runtimeClassName")) {
      String value = spec.path(field).asString("");
      if (!value.isEmpty()) {
        checks.invalidAll(path.child(field), value, NameRules.dnsSubdomain(value));
      }
    }
    JsonNode gates = spec.path("readinessGates");
    for (int i = 0; i < gates.size(); i++) {
      String type = gates.get(i).path("conditionType").asString("");
      checks.invalidAll(
          path.child("readinessGates").at(i).child("conditionType"),
          type,
          LabelRules.qualifiedName(type));
    }
  }

  private static void limits(JsonNode spec, Path path, Checks checks) {
    JsonNode deadline = spec.path("activeDeadlineSeconds");
    checks.range(path.child("activeDeadlineSeconds"), deadline, 1, Integer.MAX_VALUE);
    if (spec.path("terminationGracePeriodSeconds").isMissingNode()) {
      checks.required(path.child("terminationGracePeriodSeconds"), "");
    }
    ResourceRules.amounts(spec.path("overhead"), path.child("overhead"), checks);
  }
}
