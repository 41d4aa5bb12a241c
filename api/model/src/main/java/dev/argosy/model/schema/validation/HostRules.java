package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a pod shares with its host, and which system it needs. */
final class HostRules {

  private static final List<String> SYSTEMS = List.of("linux", "windows");
  private static final List<String> NOT_ON_WINDOWS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy");
  private static final List<String> NOT_IN_WINDOWS_CONTAINERS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private HostRules() {}

  static void validate(JsonNode spec, Path path, Checks checks) {
    if (spec.has("hostUsers") && !spec.path("hostUsers").asBoolean(true)) {
      ownUsers(spec, path, checks);
    }
    String preemption = spec.path("preemptionPolicy").asString("");
    if (!preemption.isEmpty()) {
      checks.oneOf(
          path.child("preemptionPolicy"), preemption, List.of("Never", "PreemptLowerPriority"));
    }
    if (!spec.has("os")) {
      return;
    }
    String system = spec.path("os").path("name").asString("");
    if (system.isEmpty()) {
      checks.required(path.child("os", "name"), "cannot be empty");
    } else if (!SYSTEMS.contains(system)) {
      checks.notSupported(path.child("os", "name"), system, SYSTEMS);
    } else if (system.equals("windows")) {
      windows(spec, path, checks);
    } else {
      linux(spec, path, checks);
    }
  }

  /** A pod with users of its own cannot have a part in the host's namespaces. */
  private static void ownUsers(JsonNode spec, Path path, Checks checks) {
    for (String share : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (spec.path(share).asBoolean(false)) {
        checks.forbidden(path.child(share), "when `hostUsers` is false");
      }
    }
  }

  private static void linux(JsonNode spec, Path path, Checks checks) {
    if (spec.path("securityContext").has("windowsOptions")) {
      checks.forbidden(
          path.child("securityContext", "windowsOptions"),
          "windows options cannot be set for a linux pod");
    }
    containers(spec, path, List.of("windowsOptions"), "cannot be set for a linux pod", checks);
  }

  private static void windows(JsonNode spec, Path path, Checks checks) {
    String wrong = "cannot be set for a windows pod";
    for (String share : List.of("hostPID", "hostIPC", "shareProcessNamespace")) {
      if (spec.path(share).asBoolean(false)) {
        checks.forbidden(path.child(share), wrong);
      }
    }
    for (String field : NOT_ON_WINDOWS) {
      if (spec.path("securityContext").has(field)) {
        checks.forbidden(path.child("securityContext", field), wrong);
      }
    }
    containers(spec, path, NOT_IN_WINDOWS_CONTAINERS, wrong, checks);
  }

  private static void containers(
      JsonNode spec, Path path, List<String> fields, String wrong, Checks checks) {
    for (String list : List.of("containers", "initContainers")) {
      JsonNode containers = spec.path(list);
      for (int i = 0; i < containers.size(); i++) {
        for (String field : fields) {
          if (containers.get(i).path("securityContext").has(field)) {
            checks.forbidden(path.child(list).at(i).child("securityContext", field), wrong);
          }
        }
      }
    }
  }
}
