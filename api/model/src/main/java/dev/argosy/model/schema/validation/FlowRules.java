package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A rule of a flow schema: who asks, and what is asked. */
final class FlowRules {

  private static final Map<String, String> SUBJECTS =
      Map.of("ServiceAccount", "serviceAccount", "Group", "group", "User", "user");
  private static final List<String> KINDS = List.of("Group", "ServiceAccount", "User");
  private static final List<String> VERBS =
      List.of(
          "create",
          "delete",
          "deletecollection",
          "get",
          "list",
          "patch",
          "proxy",
          "update",
          "watch");

  private FlowRules() {}

  static void validate(JsonNode rule, Path path, Checks checks) {
    JsonNode subjects = rule.path("subjects");
    if (subjects.isEmpty()) {
      checks.required(path.child("subjects"), "subjects must contain at least one value");
    }
    for (int i = 0; i < subjects.size(); i++) {
      subject(subjects.get(i), path.child("subjects").at(i), checks);
    }
    JsonNode resources = rule.path("resourceRules");
    JsonNode others = rule.path("nonResourceRules");
    if (resources.isEmpty() && others.isEmpty()) {
      checks.required(
          path, "at least one of resourceRules and nonResourceRules has to be non-empty");
    }
    for (int i = 0; i < resources.size(); i++) {
      resources(resources.get(i), path.child("resourceRules").at(i), checks);
    }
    for (int i = 0; i < others.size(); i++) {
      Path at = path.child("nonResourceRules").at(i);
      verbs(others.get(i).path("verbs"), at.child("verbs"), checks);
      urls(others.get(i).path("nonResourceURLs"), at.child("nonResourceURLs"), checks);
    }
  }

  private static void subject(JsonNode subject, Path path, Checks checks) {
    String kind = subject.path("kind").asString("");
    String field = SUBJECTS.get(kind);
    if (field == null) {
      checks.notSupported(path.child("kind"), kind, KINDS);
      return;
    }
    if (subject.has(field)) {
      named(subject.path(field), kind, path.child(field), checks);
    } else {
      checks.required(
          path.child(field), field + " is required when subject kind is '" + kind + "'");
    }
    for (String other : KINDS) {
      String its = SUBJECTS.getOrDefault(other, "");
      if (!other.equals(kind) && subject.has(its)) {
        checks.forbidden(
            path.child(its), its + " is forbidden when subject kind is not '" + other + "'");
      }
    }
  }

  private static void named(JsonNode who, String kind, Path path, Checks checks) {
    String name = who.path("name").asString("");
    boolean account = kind.equals("ServiceAccount");
    if (name.isEmpty()) {
      checks.required(path.child("name"), "");
    } else if (account && !name.equals("*")) {
      checks.invalidAll(path.child("name"), name, NameRules.dnsSubdomain(name));
    }
    String namespace = who.path("namespace").asString("");
    if (account && namespace.isEmpty()) {
      checks.required(path.child("namespace"), "must specify namespace for service account");
    } else if (account) {
      checks.invalidAll(path.child("namespace"), namespace, NameRules.dnsLabel(namespace));
    }
  }

  private static void resources(JsonNode rule, Path path, Checks checks) {
    verbs(rule.path("verbs"), path.child("verbs"), checks);
    some(
        rule.path("apiGroups"),
        "resource rules must supply at least one api group",
        "api groups",
        path.child("apiGroups"),
        checks);
    some(
        rule.path("resources"),
        "resource rules must supply at least one resource",
        "resources",
        path.child("resources"),
        checks);
    JsonNode namespaces = rule.path("namespaces");
    Path at = path.child("namespaces");
    if (namespaces.isEmpty() && !rule.path("clusterScope").asBoolean(false)) {
      checks.required(
          at, "resource rules that are not cluster scoped must supply at least one namespace");
    } else if (!all(namespaces, "namespaces", at, checks)) {
      for (int i = 0; i < namespaces.size(); i++) {
        String namespace = namespaces.get(i).asString("");
        for (String wrong : NameRules.dnsLabel(namespace)) {
          checks.invalid(
              at.at(i),
              namespace,
              "each member of this list must be '*' or a DNS-1123 label; " + wrong);
        }
      }
    }
  }

  private static void verbs(JsonNode verbs, Path path, Checks checks) {
    if (verbs.isEmpty()) {
      checks.required(path, "verbs must contain at least one value");
    } else if (!all(verbs, "verbs", path, checks)) {
      for (JsonNode verb : verbs) {
        if (!VERBS.contains(verb.asString(""))) {
          checks.notSupported(path, verbs, VERBS);
          return;
        }
      }
    }
  }

  private static void some(JsonNode list, String missing, String what, Path path, Checks checks) {
    if (list.isEmpty()) {
      checks.required(path, missing);
    } else {
      all(list, what, path, checks);
    }
  }

  /** Whether all are meant; then nothing else may be named. */
  private static boolean all(JsonNode list, String what, Path path, Checks checks) {
    for (JsonNode element : list) {
      if (element.asString("").equals("*")) {
        if (list.size() > 1) {
          checks.invalid(path, list, "if '*' is present, must not specify other " + what);
        }
        return true;
      }
    }
    return false;
  }

  private static void urls(JsonNode urls, Path path, Checks checks) {
    if (urls.isEmpty()) {
      checks.required(path, "nonResourceURLs must contain at least one value");
    } else if (!all(urls, "non-resource URLs", path, checks)) {
      for (int i = 0; i < urls.size(); i++) {
        String wrong = url(urls.get(i).asString(""));
        if (!wrong.isEmpty()) {
          checks.invalid(path.at(i), urls.get(i), wrong);
        }
      }
    }
  }

  private static String url(String url) {
    if (url.isEmpty()) {
      return "must not be empty";
    }
    if (!url.startsWith("/")) {
      return "must start with slash";
    }
    if (url.indexOf(' ') >= 0) {
      return "must not contain white-space";
    }
    if (url.contains("//")) {
      return "must not contain double slash";
    }
    int star = url.indexOf('*');
    boolean suffix = star < 0 || star == url.length() - 1 && url.endsWith("/*");
    return suffix ? "" : "wildcard can only do suffix matching";
  }
}
