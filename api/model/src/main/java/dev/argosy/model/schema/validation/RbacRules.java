package dev.argosy.model.schema.validation;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles and their bindings. */
record RbacRules(boolean binding, boolean clusterWide) implements KindRules {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<String> SUBJECTS = List.of("ServiceAccount", "User", "Group");

  /** Of roles that count in a whole cluster. */
  static final RbacRules OF_CLUSTER = new RbacRules(false, true);

  @Override
  public void validate(ObjectNode object, Checks checks) {
    if (binding) {
      roleRef(object.path("roleRef"), checks);
      JsonNode subjects = object.path("subjects");
      for (int i = 0; i < subjects.size(); i++) {
        subject(subjects.get(i), Path.of("subjects").at(i), checks);
      }
    } else {
      JsonNode rules = object.path("rules");
      for (int i = 0; i < rules.size(); i++) {
        rule(rules.get(i), Path.of("rules").at(i), checks);
      }
      if (object.path("aggregationRule").isObject()) {
        aggregation(object.path("aggregationRule").path("clusterRoleSelectors"), checks);
      }
    }
  }

  private static void aggregation(JsonNode selectors, Checks checks) {
    Path path = Path.of("aggregationRule").child("clusterRoleSelectors");
    if (selectors.isEmpty()) {
      checks.required(
          path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    }
    for (int i = 0; i < selectors.size(); i++) {
      SelectorRules.labelSelector(selectors.get(i), path.at(i), checks);
    }
  }

  void rule(JsonNode rule, Path path, Checks checks) {
    if (rule.path("verbs").isEmpty()) {
      checks.required(path.child("verbs"), "verbs must contain at least one value");
    }
    JsonNode urls = rule.path("nonResourceURLs");
    if (!urls.isEmpty()) {
      if (!clusterWide) {
        checks.invalid(
            path.child("nonResourceURLs"),
            urls,
            "namespaced rules cannot apply to non-resource URLs");
      }
      if (!rule.path("apiGroups").isEmpty()
          || !rule.path("resources").isEmpty()
          || !rule.path("resourceNames").isEmpty()) {
        checks.invalid(
            path.child("nonResourceURLs"),
            urls,
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.path("apiGroups").isEmpty()) {
      checks.required(path.child("apiGroups"), "resource rules must supply at least one api group");
    }
    if (rule.path("resources").isEmpty()) {
      checks.required(path.child("resources"), "resource rules must supply at least one resource");
    }
  }

  private void roleRef(JsonNode ref, Checks checks) {
    Path path = Path.of("roleRef");
    String group = ref.path("apiGroup").asString("");
    if (!group.equals(GROUP)) {
      checks.notSupported(path.child("apiGroup"), group, List.of(GROUP));
    }
    List<String> kinds = clusterWide ? List.of("ClusterRole") : List.of("Role", "ClusterRole");
    String kind = ref.path("kind").asString("");
    if (!kinds.contains(kind)) {
      checks.notSupported(path.child("kind"), kind, kinds);
    }
    if (ref.path("name").asString("").isEmpty()) {
      checks.required(path.child("name"), "");
    }
  }

  private void subject(JsonNode subject, Path path, Checks checks) {
    if (subject.path("name").asString("").isEmpty()) {
      checks.required(path.child("name"), "");
    }
    String kind = subject.path("kind").asString("");
    String group = subject.path("apiGroup").asString("");
    if (!SUBJECTS.contains(kind)) {
      checks.notSupported(path.child("kind"), kind, SUBJECTS);
      return;
    }
    String expected = kind.equals("ServiceAccount") ? "" : GROUP;
    if (!group.equals(expected)) {
      checks.notSupported(path.child("apiGroup"), group, List.of(expected));
    }
    if (clusterWide && expected.isEmpty() && subject.path("namespace").asString("").isEmpty()) {
      checks.required(path.child("namespace"), "");
    }
  }

  /** As Kubernetes shows it, which is not as it is written. */
  private static JsonNode shown(JsonNode ref) {
    return Json.object()
        .put("APIGroup", ref.path("apiGroup").asString(""))
        .put("Kind", ref.path("kind").asString(""))
        .put("Name", ref.path("name").asString(""));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (binding && !object.path("roleRef").equals(old.path("roleRef"))) {
      checks.invalid(Path.of("roleRef"), shown(object.path("roleRef")), "cannot change roleRef");
    }
  }
}
