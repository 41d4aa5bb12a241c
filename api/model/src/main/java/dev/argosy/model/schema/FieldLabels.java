package dev.argosy.model.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The field labels of one resource: where their values stand in an object. */
final class FieldLabels {

  private static final String UNSUPPORTED = "field label not supported: {}";
  private static final FieldLabels GENERIC =
      new FieldLabels(
          List.of(
              new Label("metadata.name", List.of(List.of("metadata", "name"))),
              new Label("metadata.namespace", List.of(List.of("metadata", "namespace")))),
          "\"{}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");

  private final List<Label> labels;
  private final String unsupported;
  private final Set<String> names;

  private FieldLabels(List<Label> labels, String unsupported) {
    this.labels = List.copyOf(labels);
    this.unsupported = unsupported;
    this.names = labels.stream().map(Label::name).collect(Collectors.toUnmodifiableSet());
  }

  Set<String> names() {
    return names;
  }

  String unsupported(String label) {
    return unsupported.replace("{}", label);
  }

  Map<String, String> of(JsonNode object) {
    Map<String, String> values = HashMap.newHashMap(labels.size());
    for (Label label : labels) {
      values.put(label.name(), label.value(object));
    }
    return values;
  }

  /**
   * One label.
   *
   * @param places where to look for the value, the first that has one wins; a path that ends with
   *     {@code ?} is a boolean or number that counts as false or 0 when missing
   */
  private record Label(String name, List<List<String>> places) {

    String value(JsonNode object) {
      for (List<String> place : places) {
        String value = text(object, place);
        if (!value.isEmpty()) {
          return value;
        }
      }
      return "";
    }

    private static String text(JsonNode object, List<String> place) {
      JsonNode node = object;
      String missing = "";
      for (String step : place) {
        if (step.startsWith("?")) {
          missing = step.substring(1);
        } else {
          node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
      }
      return node.isMissingNode() ? missing : node.asString("");
    }
  }

  /** The labels of all resources that have more than the generic ones. */
  record Table(Map<String, FieldLabels> byResource) {

    Table {
      byResource = Map.copyOf(byResource);
    }

    /** Lines of resource, label, and places joined by {@code |}; label {@code -}: error text. */
    static Table of(List<String> lines) {
      Map<String, List<Label>> labels = new LinkedHashMap<>();
      Map<String, String> errors = new HashMap<>();
      for (String line : lines) {
        String[] columns = line.split("\t", -1);
        if (columns[1].equals("-")) {
          errors.put(columns[0], columns[2]);
          continue;
        }
        List<List<String>> places = new ArrayList<>();
        for (String place : columns[2].split("\\|")) {
          places.add(List.of(place.split("/")));
        }
        labels
            .computeIfAbsent(columns[0], resource -> new ArrayList<>())
            .add(new Label(columns[1], places));
      }
      Map<String, FieldLabels> table = new HashMap<>();
      labels.forEach((resource, all) ->
          table.put(resource, new FieldLabels(all, errors.getOrDefault(resource, UNSUPPORTED))));
      return new Table(table);
    }

    FieldLabels of(String resource) {
      return byResource.getOrDefault(resource, GENERIC);
    }
  }
}
