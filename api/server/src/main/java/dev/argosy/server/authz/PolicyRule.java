package dev.argosy.server.authz;

import dev.argosy.model.object.Json;
import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One rule of a role, as in {@code rules[]}. */
public record PolicyRule(
    List<String> verbs,
    List<String> groups,
    List<String> resources,
    List<String> names,
    List<String> paths) {

  static final String ANY = "*";

  public PolicyRule {
    verbs = List.copyOf(verbs);
    groups = List.copyOf(groups);
    resources = List.copyOf(resources);
    names = List.copyOf(names);
    paths = List.copyOf(paths);
  }

  static PolicyRule resources(List<String> verbs, List<String> groups, List<String> resources) {
    return new PolicyRule(verbs, groups, resources, List.of(), List.of());
  }

  /** Reads one entry of {@code rules}. */
  static PolicyRule of(JsonNode rule) {
    return new PolicyRule(
        texts(rule.path("verbs")),
        texts(rule.path("apiGroups")),
        texts(rule.path("resources")),
        texts(rule.path("resourceNames")),
        texts(rule.path("nonResourceURLs")));
  }

  /** Reads all of {@code rules}. */
  static List<PolicyRule> listOf(JsonNode rules) {
    List<PolicyRule> list = new ArrayList<>();
    rules.forEach(rule -> list.add(of(rule)));
    return List.copyOf(list);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  boolean allows(Attributes asked) {
    if (!has(verbs, asked.verb())) {
      return false;
    }
    return asked.resourceRequest()
        ? has(groups, asked.group()) && hasResource(asked) && hasName(asked.name())
        : paths.stream().anyMatch(pattern -> pathMatches(pattern, asked.path()));
  }

  private boolean hasResource(Attributes asked) {
    String resource = asked.resource();
    String subresource = asked.subresource();
    for (String one : resources) {
      if (one.equals(ANY) || (subresource.isEmpty() && one.equals(resource))) {
        return true;
      }
      if (!subresource.isEmpty() && matches(one, resource, subresource)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String resource, String subresource) {
    int slash = pattern.indexOf('/');
    return slash >= 0
        && pattern.substring(slash + 1).equals(subresource)
        && (slash == 1 && pattern.charAt(0) == '*' || pattern.substring(0, slash).equals(resource));
  }

  private boolean hasName(String name) {
    return names.isEmpty() || names.contains(name);
  }

  private static boolean has(List<String> list, String value) {
    return list.contains(value) || list.contains(ANY);
  }

  static boolean pathMatches(String pattern, String path) {
    if (pattern.equals(ANY) || pattern.equals(path)) {
      return true;
    }
    return pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1));
  }

  /** Whether everything that the other rule, a single one, allows is allowed by this one. */
  boolean covers(PolicyRule single) {
    if (!verbs.contains(ANY) && !verbs.containsAll(single.verbs)) {
      return false;
    }
    if (!single.paths.isEmpty()) {
      return single.paths.stream()
          .allMatch(path -> paths.stream().anyMatch(own -> pathMatches(own, path)));
    }
    return (groups.contains(ANY) || groups.containsAll(single.groups))
        && single.resources.stream().allMatch(this::coversResource)
        && (names.isEmpty() || (!single.names.isEmpty() && names.containsAll(single.names)));
  }

  private boolean coversResource(String wanted) {
    if (resources.contains(ANY) || resources.contains(wanted)) {
      return true;
    }
    int slash = wanted.indexOf('/');
    return slash >= 0 && resources.contains("*/" + wanted.substring(slash + 1));
  }

  /** This rule as rules of one verb, group, resource and name, or one verb and path. */
  List<PolicyRule> singles() {
    List<PolicyRule> singles = new ArrayList<>();
    for (String verb : verbs) {
      for (String path : paths) {
        singles.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path)));
      }
      for (String group : groups) {
        resources.forEach(resource -> addNamed(singles, verb, group, resource));
      }
    }
    return singles;
  }

  private void addNamed(List<PolicyRule> singles, String verb, String group, String resource) {
    List<List<String>> each =
        names.isEmpty() ? List.of(List.of()) : names.stream().map(List::of).toList();
    for (List<String> name : each) {
      singles.add(
          new PolicyRule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
    }
  }

  /** The wire form. */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    put(json, "verbs", verbs);
    put(json, "apiGroups", groups);
    put(json, "resources", resources);
    put(json, "resourceNames", names);
    put(json, "nonResourceURLs", paths);
    return json;
  }

  private static void put(ObjectNode json, String member, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(json.putArray(member)::add);
    }
  }

  /**
   * Joins rules of one verb each that speak of the same group, resource and name; others stay as
   * they are.
   */
  static List<PolicyRule> joined(List<PolicyRule> singles) {
    Map<PolicyRule, List<String>> verbsOf = new LinkedHashMap<>();
    List<PolicyRule> joined = new ArrayList<>();
    for (PolicyRule one : singles) {
      if (one.paths.isEmpty()) {
        PolicyRule what =
            new PolicyRule(List.of(), one.groups, one.resources, one.names, List.of());
        verbsOf.computeIfAbsent(what, w -> new ArrayList<>()).addAll(one.verbs);
      } else {
        joined.add(one);
      }
    }
    verbsOf.forEach((what, verbs) ->
        joined.add(new PolicyRule(verbs, what.groups, what.resources, what.names, List.of())));
    return joined;
  }

  /** As the message of a refused escalation shows it. */
  String shown() {
    StringBuilder text = new StringBuilder("{");
    show(text, "APIGroups", groups);
    show(text, "Resources", resources);
    show(text, "NonResourceURLs", paths);
    show(text, "ResourceNames", names);
    show(text, "Verbs", verbs);
    return text.append('}').toString();
  }

  private static void show(StringBuilder text, String name, List<String> values) {
    if (!values.isEmpty()) {
      text.append(text.length() > 1 ? ", " : "").append(name).append(":[\"");
      text.append(String.join("\" \"", values)).append("\"]");
    }
  }
}
