package dev.argosy.server.policy;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.server.admission.AdmissionRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Operations on resources, with {@code *} for all of a sort.
 *
 * @param scope {@code Cluster}, {@code Namespaced} or {@code *}
 * @param names empty for all
 */
record ResourceRule(
    List<String> operations,
    List<String> groups,
    List<String> versions,
    List<String> resources,
    String scope,
    List<String> names) {

  static List<ResourceRule> list(JsonNode rules) {
    List<ResourceRule> list = new ArrayList<>();
    for (JsonNode rule : rules) {
      list.add(
          new ResourceRule(
              texts(rule.path("operations")),
              texts(rule.path("apiGroups")),
              texts(rule.path("apiVersions")),
              texts(rule.path("resources")),
              rule.path("scope").asString("*"),
              texts(rule.path("resourceNames"))));
    }
    return List.copyOf(list);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return List.copyOf(texts);
  }

  /**
   * Whether the request is meant.
   *
   * @param equivalent whether another version of a named resource is meant too
   */
  boolean matches(AdmissionRequest request, boolean equivalent) {
    ResourceType type = request.target().type();
    return has(operations, request.operation().name())
        && has(groups, type.group())
        && (equivalent || has(versions, type.version()))
        && resource(type.resource(), request.target().subresource())
        && scope(type)
        && (names.isEmpty() || names.contains(request.target().name()));
  }

  private static boolean has(List<String> wanted, String value) {
    return wanted.contains("*") || wanted.contains(value);
  }

  private boolean scope(ResourceType type) {
    return switch (scope) {
      case "Namespaced" -> type.namespaced();
      case "Cluster" -> !type.namespaced();
      default -> true;
    };
  }

  private boolean resource(String resource, String subresource) {
    for (String wanted : resources) {
      int slash = wanted.indexOf('/');
      String main = slash < 0 ? wanted : wanted.substring(0, slash);
      String sub = slash < 0 ? "" : wanted.substring(slash + 1);
      boolean mainFits = main.equals("*") || main.equals(resource);
      boolean subFits = sub.equals(subresource) || sub.equals("*");
      if (mainFits && subFits) {
        return true;
      }
    }
    return false;
  }
}
