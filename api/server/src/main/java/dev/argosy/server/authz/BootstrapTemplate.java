package dev.argosy.server.authz;

import dev.argosy.model.object.Json;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.server.preset.PresetTemplate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes bootstrap roles and bindings as objects. */
final class BootstrapTemplate {

  /** "false" keeps a changed copy as it is. */
  static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

  private BootstrapTemplate() {}

  /** A role, with its rules filled in if it collects those of others. */
  static PresetTemplate of(Role role) {
    RbacKind kind = role.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    return PresetTemplate.of(kind.resource(), object(role));
  }

  static ObjectNode object(Role role) {
    RbacKind kind = role.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    ObjectNode object = object(kind, role.namespace(), role.name(), role.labels());
    if (role.aggregated()) {
      ArrayNode selectors = object.putObject("aggregationRule").putArray("clusterRoleSelectors");
      for (LabelSelector collected : role.collects()) {
        ObjectNode wanted = selectors.addObject().putObject("matchLabels");
        collected.requirements().forEach(one -> wanted.put(one.key(), one.values().getFirst()));
      }
    }
    ArrayNode rules = object.putArray("rules");
    role.rules().forEach(rule -> rules.add(rule.toJson()));
    return object;
  }

  static PresetTemplate of(Binding binding) {
    RbacKind kind =
        binding.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE_BINDING : RbacKind.ROLE_BINDING;
    return PresetTemplate.of(kind.resource(), object(binding));
  }

  static ObjectNode object(Binding binding) {
    RbacKind kind =
        binding.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE_BINDING : RbacKind.ROLE_BINDING;
    ObjectNode object = object(kind, binding.namespace(), binding.name(), Map.of());
    object
        .putObject("roleRef")
        .put("apiGroup", RbacKind.GROUP)
        .put("kind", binding.roleKind().kind())
        .put("name", binding.role());
    if (!binding.subjects().isEmpty()) {
      ArrayNode subjects = object.putArray("subjects");
      binding.subjects().forEach(subject -> subjects.add(subject(subject)));
    }
    return object;
  }

  private static ObjectNode subject(String subject) {
    if (subject.startsWith(Binding.ACCOUNT)) {
      List<String> account = List.of(subject.substring(Binding.ACCOUNT.length()).split(":", 2));
      return Json.object()
          .put("kind", "ServiceAccount")
          .put("name", account.getLast())
          .put("namespace", account.getFirst());
    }
    boolean user = subject.startsWith(Binding.USER);
    return Json.object()
        .put("apiGroup", RbacKind.GROUP)
        .put("kind", user ? "User" : "Group")
        .put("name", subject.substring((user ? Binding.USER : Binding.GROUP).length()));
  }

  private static ObjectNode object(
      RbacKind kind, String namespace, String name, Map<String, String> labels) {
    ObjectNode object = Json.object();
    object.put("apiVersion", RbacKind.GROUP + "/v1").put("kind", kind.kind());
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    ObjectNode shown =
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    labels.forEach(shown::put);
    metadata.putObject("annotations").put(AUTO_UPDATE, "true");
    return object;
  }
}
