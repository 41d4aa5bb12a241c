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
  private static final List<String> DNS =
      List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");

  private PodSpecRules() {}

  /** The spec of a pod. */
  static void pod(JsonNode spec, Path path, Checks checks) {
    validate(spec, path, false, Set.of(), checks);
  }

  /**
   * The spec in a pod template.
   *
   * @param more names of volumes that the pods get besides those of the template
   */
  static void template(JsonNode spec, Path path, Set<String> more, Checks checks) {
    validate(spec, path, true, more, checks);
  }

  private static void validate(
      JsonNode spec, Path path, boolean template, Set<String> more, Checks checks) {
    Set<String> volumes = VolumeRules.volumes(spec.path("volumes"), path, checks);
    volumes.addAll(more);
    ContainerRules.Context context =
        new ContainerRules.Context(
            volumes,
            new HashSet<>(),
            spec.path("hostNetwork").asBoolean(false),
            template,
            spec.path("terminationGracePeriodSeconds").asLong(30));
    containers(spec, path, context, checks);
    ephemeral(spec.path("ephemeralContainers"), path, template, checks);
    checks.oneOf(path.child("restartPolicy"), spec.path("restartPolicy").asString(""), RESTART);
    checks.oneOf(path.child("dnsPolicy"), spec.path("dnsPolicy").asString(""), DNS);
    dns(spec, path, checks);
    names(spec, path, checks);
    MetadataRules.labels(spec.path("nodeSelector"), path.child("nodeSelector"), checks);
    SchedulingRules.validate(spec, path, template, checks);
    SecurityRules.pod(spec, path, checks);
    limits(spec, path, checks);
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

  private static void ephemeral(JsonNode ephemeral, Path path, boolean template, Checks checks) {
    if (!ephemeral.isEmpty()) {
      checks.forbidden(
          path.child("ephemeralContainers"),
          template
              ? "ephemeral containers not allowed in pod template"
              : "cannot be set on create");
    }
  }

  private static void dns(JsonNode spec, Path path, Checks checks) {
    JsonNode config = spec.path("dnsConfig");
    JsonNode servers = config.path("nameservers");
    Path at = path.child("dnsConfig");
    if (spec.path("dnsPolicy").asString("").equals("None")) {
      if (config.isMissingNode()) {
        checks.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
      } else if (servers.isEmpty()) {
        checks.required(
            at.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
      }
    }
    if (servers.size() > 3) {
      checks.invalid(at.child("nameservers"), servers, "must not have more than 3 nameservers");
    }
    for (int i = 0; i < servers.size(); i++) {
      Addresses.ip(servers.get(i).asString(""), at.child("nameservers").at(i), checks);
    }
    JsonNode searches = config.path("searches");
    if (searches.size() > 32) {
      checks.invalid(at.child("searches"), searches, "must not have more than 32 search paths");
    }
  }

  private static void names(JsonNode spec, Path path, Checks checks) {
    label(spec, "hostname", path, checks);
    label(spec, "subdomain", path, checks);
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
    JsonNode aliases = spec.path("hostAliases");
    for (int i = 0; i < aliases.size(); i++) {
      Path at = path.child("hostAliases").at(i);
      Addresses.ip(aliases.get(i).path("ip").asString(""), at.child("ip"), checks);
      JsonNode names = aliases.get(i).path("hostnames");
      for (int j = 0; j < names.size(); j++) {
        String name = names.get(j).asString("");
        checks.invalidAll(at.child("hostnames").at(j), name, NameRules.dnsSubdomain(name));
      }
    }
  }

  private static void label(JsonNode spec, String field, Path path, Checks checks) {
    String value = spec.path(field).asString("");
    if (!value.isEmpty()) {
      checks.invalidAll(path.child(field), value, NameRules.dnsLabel(value));
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
