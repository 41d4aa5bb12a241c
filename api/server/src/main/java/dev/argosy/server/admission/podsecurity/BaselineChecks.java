package dev.argosy.server.admission.podsecurity;

import static dev.argosy.server.admission.podsecurity.Violation.containers;
import static dev.argosy.server.admission.podsecurity.Violation.plural;
import static dev.argosy.server.admission.podsecurity.Violation.quoted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the baseline says about privileges within a container. */
final class BaselineChecks {

  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final Set<String> CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");
  private static final Set<String> SELINUX =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");
  private static final String SELINUX_SINCE_31 = "container_engine_t";

  private BaselineChecks() {}

  static Optional<Violation> privileged(PodToCheck pod, int minor) {
    List<String> names = pod.containersWith(context -> context.path("privileged").asBoolean(false));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "privileged", containers(names) + " must not set securityContext.privileged=true"));
  }

  static Optional<Violation> capabilities(PodToCheck pod, int minor) {
    return added(pod, CAPABILITIES)
        .map(detail -> new Violation("non-default capabilities", detail));
  }

  /** Who adds capabilities beyond the allowed ones. */
  static Optional<String> added(PodToCheck pod, Set<String> allowed) {
    Set<String> forbidden = new TreeSet<>();
    List<String> names =
        pod.containersWith(context -> {
          boolean any = false;
          for (JsonNode capability : context.path("capabilities").path("add")) {
            if (!allowed.contains(capability.asString(""))) {
              forbidden.add(capability.asString(""));
              any = true;
            }
          }
          return any;
        });
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            containers(names)
                + " must not include "
                + quoted(forbidden)
                + " in securityContext.capabilities.add");
  }

  static Optional<Violation> procMount(PodToCheck pod, int minor) {
    Set<String> forbidden = new TreeSet<>();
    List<String> names = pod.containersWith(context -> unusualProcMount(context, forbidden));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "procMount",
                containers(names)
                    + " must not set securityContext.procMount to "
                    + quoted(forbidden)));
  }

  /** Notes the mount if it is not the default one. */
  private static boolean unusualProcMount(JsonNode context, Set<String> found) {
    String mount = context.path("procMount").asString("Default");
    if (mount.equals("Default")) {
      return false;
    }
    found.add(mount);
    return true;
  }

  static Optional<Violation> seLinux(PodToCheck pod, int minor) {
    Set<String> types = new TreeSet<>();
    Set<String> set = new HashSet<>();
    String setters = pod.setters(context -> seLinux(context, minor, types, set));
    if (setters.isEmpty()) {
      return Optional.empty();
    }
    List<String> why = new ArrayList<>();
    if (!types.isEmpty()) {
      why.add(plural("type ", "types ", types.size()) + quoted(types));
    }
    for (String field : List.of("user", "role")) {
      if (set.contains(field)) {
        why.add(field + " may not be set");
      }
    }
    return Optional.of(
        new Violation(
            "seLinuxOptions",
            setters + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", why)));
  }

  private static boolean seLinux(JsonNode context, int minor, Set<String> types, Set<String> set) {
    JsonNode options = context.path("seLinuxOptions");
    String type = options.path("type").asString("");
    boolean known = SELINUX.contains(type) || minor >= 31 && type.equals(SELINUX_SINCE_31);
    if (!known) {
      types.add(type);
    }
    boolean bad = !known;
    for (String field : List.of("user", "role")) {
      if (!options.path(field).asString("").isEmpty()) {
        set.add(field);
        bad = true;
      }
    }
    return bad;
  }

  static Optional<Violation> seccomp(PodToCheck pod, int minor) {
    Set<String> values = new TreeSet<>();
    String setters = pod.setters(badSeccomp(values));
    return setters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "seccompProfile",
                setters
                    + " must not set securityContext.seccompProfile.type to "
                    + quoted(values)));
  }

  /** Whether a context has a profile that is none; notes which. */
  private static Predicate<JsonNode> badSeccomp(Set<String> values) {
    return context -> {
      String type = context.path("seccompProfile").path("type").asString("");
      boolean good = Set.of("", "RuntimeDefault", "Localhost").contains(type);
      if (!good) {
        values.add(type);
      }
      return !good;
    };
  }

  static Optional<Violation> appArmor(PodToCheck pod, int minor) {
    Set<String> fields = new TreeSet<>();
    List<String> setters = new ArrayList<>();
    String byField = pod.setters(badAppArmor(fields));
    if (!byField.isEmpty()) {
      setters.add(byField);
    }
    Set<String> annotations = new TreeSet<>();
    pod.metadata()
        .path("annotations")
        .properties()
        .forEach(entry -> {
          String value = entry.getValue().asString("");
          if (entry.getKey().startsWith(APPARMOR) && !goodAnnotation(value)) {
            annotations.add(entry.getKey() + "=\"" + value + "\"");
          }
        });
    if (!annotations.isEmpty()) {
      setters.add(plural("annotation", "annotations", annotations.size()));
    }
    List<String> values = new ArrayList<>(fields);
    values.addAll(annotations);
    return setters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                plural("forbidden AppArmor profile", "forbidden AppArmor profiles", values.size()),
                String.join(" and ", setters)
                    + " must not set AppArmor profile type to "
                    + quoted(values)));
  }

  private static Predicate<JsonNode> badAppArmor(Set<String> values) {
    return context -> {
      String type = context.path("appArmorProfile").path("type").asString("");
      boolean good = Set.of("", "RuntimeDefault", "Localhost").contains(type);
      if (!good) {
        values.add(type);
      }
      return !good;
    };
  }

  private static boolean goodAnnotation(String value) {
    return value.isEmpty() || value.equals("runtime/default") || value.startsWith("localhost/");
  }
}
