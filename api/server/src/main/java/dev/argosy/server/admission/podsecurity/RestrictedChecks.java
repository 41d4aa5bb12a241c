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

/** What the restricted level asks for beyond the baseline. */
final class RestrictedChecks {

  /** Since then pods for Windows need not set what Windows does not know. */
  private static final int WINDOWS_SINCE = 25;

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private RestrictedChecks() {}

  private static boolean exempt(PodToCheck pod, int minor) {
    return minor >= WINDOWS_SINCE && pod.windows();
  }

  static Optional<Violation> escalation(PodToCheck pod, int minor) {
    List<String> names =
        pod.containersWith(context -> context.path("allowPrivilegeEscalation").asBoolean(true));
    return names.isEmpty() || exempt(pod, minor)
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "allowPrivilegeEscalation != false",
                containers(names) + " must set securityContext.allowPrivilegeEscalation=false"));
  }

  static Optional<Violation> capabilities(PodToCheck pod, int minor) {
    if (exempt(pod, minor)) {
      return Optional.empty();
    }
    List<String> details = new ArrayList<>();
    List<String> keeping =
        pod.containersWith(context ->
            context
                .path("capabilities")
                .path("drop")
                .valueStream()
                .noneMatch(drop -> drop.asString("").equals("ALL")));
    if (!keeping.isEmpty()) {
      details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    BaselineChecks.added(pod, Set.of("NET_BIND_SERVICE")).ifPresent(details::add);
    return details.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("unrestricted capabilities", String.join("; ", details)));
  }

  static Optional<Violation> volumes(PodToCheck pod, int minor) {
    List<String> names = new ArrayList<>();
    Set<String> types = new TreeSet<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      for (String field : volume.propertyNames()) {
        if (!field.equals("name") && !VOLUMES.contains(field)) {
          names.add(volume.path("name").asString(""));
          types.add(field);
        }
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "restricted volume types",
                plural("volume ", "volumes ", names.size())
                    + quoted(names)
                    + plural(" uses ", " use ", names.size())
                    + plural("restricted volume type ", "restricted volume types ", types.size())
                    + quoted(types)));
  }

  static Optional<Violation> nonRoot(PodToCheck pod, int minor) {
    String setters =
        pod.setters(context ->
            context.has("runAsNonRoot") && !context.path("runAsNonRoot").asBoolean(true));
    if (!setters.isEmpty()) {
      return Optional.of(
          new Violation(
              "runAsNonRoot != true",
              setters + " must not set securityContext.runAsNonRoot=false"));
    }
    List<String> silent = pod.containersWith(context -> !context.has("runAsNonRoot"));
    return pod.context().path("runAsNonRoot").asBoolean(false) || silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "runAsNonRoot != true",
                "pod or " + containers(silent) + " must set securityContext.runAsNonRoot=true"));
  }

  static Optional<Violation> user(PodToCheck pod, int minor) {
    String setters =
        pod.setters(
            context -> context.has("runAsUser") && context.path("runAsUser").asLong(1) == 0);
    return setters.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("runAsUser=0", setters + " must not set runAsUser=0"));
  }

  static Optional<Violation> seccomp(PodToCheck pod, int minor) {
    if (exempt(pod, minor)) {
      return Optional.empty();
    }
    Optional<Violation> set = BaselineChecks.seccomp(pod, minor);
    if (set.isPresent()) {
      return set;
    }
    List<String> silent = pod.containersWith(context -> !hasSeccomp(context));
    return hasSeccomp(pod.context()) || silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "seccompProfile",
                "pod or "
                    + containers(silent)
                    + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                    + " \"Localhost\""));
  }

  private static boolean hasSeccomp(JsonNode context) {
    return !context.path("seccompProfile").path("type").asString("").isEmpty();
  }
}
