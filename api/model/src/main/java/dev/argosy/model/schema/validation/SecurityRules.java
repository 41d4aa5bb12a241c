package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Security contexts. */
final class SecurityRules {

  private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");

  private static final Pattern SYSCTL =
      Pattern.compile("^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");

  private SecurityRules() {}

  static void pod(JsonNode spec, Path path, Checks checks) {
    JsonNode context = spec.path("securityContext");
    Path at = path.child("securityContext");
    identities(context, at, List.of("runAsUser", "runAsGroup", "fsGroup"), checks);
    JsonNode groups = context.path("supplementalGroups");
    for (int i = 0; i < groups.size(); i++) {
      checks.range(at.child("supplementalGroups").at(i), groups.get(i), 0, Integer.MAX_VALUE);
    }
    String policy = context.path("fsGroupChangePolicy").asString("");
    if (!policy.isEmpty()) {
      checks.oneOf(at.child("fsGroupChangePolicy"), policy, List.of("Always", "OnRootMismatch"));
    }
    word(context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), at, checks);
    word(context, "seLinuxChangePolicy", List.of("MountOption", "Recursive"), at, checks);
    profile(context.path("seccompProfile"), at.child("seccompProfile"), checks);
    appArmor(context.path("appArmorProfile"), at.child("appArmorProfile"), checks);
    sysctls(context.path("sysctls"), at.child("sysctls"), checks);
    boolean hostPid = spec.path("hostPID").asBoolean(false);
    if (hostPid && spec.path("shareProcessNamespace").asBoolean(false)) {
      checks.invalid(
          path.child("shareProcessNamespace"),
          spec.path("shareProcessNamespace"),
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
  }

  static void container(JsonNode context, Path path, Checks checks) {
    identities(context, path, List.of("runAsUser", "runAsGroup"), checks);
    profile(context.path("seccompProfile"), path.child("seccompProfile"), checks);
    appArmor(context.path("appArmorProfile"), path.child("appArmorProfile"), checks);
    word(context, "procMount", List.of("Default", "Unmasked"), path, checks);
    boolean refused =
        context.has("allowPrivilegeEscalation")
            && !context.path("allowPrivilegeEscalation").asBoolean(false);
    if (!refused) {
      return;
    }
    Path at = path.child("allowPrivilegeEscalation");
    if (context.path("privileged").asBoolean(false)) {
      checks.invalid(
          at,
          context.path("allowPrivilegeEscalation"),
          "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    for (JsonNode capability : context.path("capabilities").path("add")) {
      if (capability.asString("").equals("CAP_SYS_ADMIN")) {
        checks.invalid(
            at,
            context.path("allowPrivilegeEscalation"),
            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
      }
    }
  }

  private static void identities(JsonNode context, Path path, List<String> fields, Checks checks) {
    for (String field : fields) {
      checks.range(path.child(field), context.path(field), 0, Integer.MAX_VALUE);
    }
  }

  private static void profile(JsonNode profile, Path path, Checks checks) {
    if (profile.isMissingNode()) {
      return;
    }
    String type = profile.path("type").asString("");
    checks.oneOf(path.child("type"), type, PROFILES);
    boolean local = type.equals("Localhost");
    boolean named = !profile.path("localhostProfile").asString("").isEmpty();
    if (local && !named) {
      checks.required(path.child("localhostProfile"), "must be set when seccomp type is Localhost");
    } else if (!local && named) {
      checks.invalid(
          path.child("localhostProfile"),
          profile.path("localhostProfile"),
          "can only be set when seccomp type is Localhost");
    }
  }

  private static void word(
      JsonNode context, String field, List<String> words, Path path, Checks checks) {
    String word = context.path(field).asString("");
    if (!word.isEmpty() && !words.contains(word)) {
      checks.notSupported(path.child(field), word, words);
    }
  }

  private static void appArmor(JsonNode profile, Path path, Checks checks) {
    if (profile.isMissingNode()) {
      return;
    }
    String type = profile.path("type").asString("");
    String local = profile.path("localhostProfile").asString("");
    Path at = path.child("localhostProfile");
    if (type.isEmpty()) {
      checks.required(path.child("type"), "type is required when appArmorProfile is set");
    } else if (!PROFILES.contains(type)) {
      checks.notSupported(path.child("type"), type, PROFILES);
    } else if (type.equals("Localhost") && local.isEmpty()) {
      checks.required(at, "must be set when AppArmor type is Localhost");
    } else if (!type.equals("Localhost") && profile.has("localhostProfile")) {
      checks.invalid(at, local, "can only be set when AppArmor type is Localhost");
    } else if (!local.strip().equals(local)) {
      checks.invalid(at, local, "must not be padded with whitespace");
    }
  }

  private static void sysctls(JsonNode sysctls, Path path, Checks checks) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sysctls.size(); i++) {
      String name = sysctls.get(i).path("name").asString("");
      if (name.isEmpty()) {
        checks.required(path.at(i).child("name"), "");
      } else if (name.length() > 253 || !SYSCTL.matcher(name).matches()) {
        checks.invalid(
            path.at(i).child("name"),
            name,
            "must have at most 253 characters and match regex " + SYSCTL.pattern());
      } else if (!names.add(name.replace('/', '.'))) {
        checks.duplicate(path.at(i).child("name"), name);
      }
    }
  }
}
