package dev.argosy.model.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A node selector term: all of its expressions hold. One without any matches no node. */
public record NodeTerm(List<NodeRequirement> labels, List<NodeRequirement> fields) {

  public NodeTerm {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }

  public static NodeTerm of(JsonNode term) {
    return new NodeTerm(
        requirements(term.path("matchExpressions")), requirements(term.path("matchFields")));
  }

  private static List<NodeRequirement> requirements(JsonNode list) {
    List<NodeRequirement> all = new ArrayList<>();
    for (JsonNode entry : list) {
      List<String> values = new ArrayList<>();
      entry.path("values").forEach(value -> values.add(value.asString("")));
      all.add(
          new NodeRequirement(
              entry.path("key").asString(""), entry.path("operator").asString(""), values));
    }
    return all;
  }

  public boolean matches(String name, Map<String, String> labelsOfNode) {
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    Map<String, String> named = Map.of("metadata.name", name);
    return labels.stream().allMatch(r -> r.matches(labelsOfNode))
        && fields.stream().allMatch(r -> r.matches(named));
  }
}
