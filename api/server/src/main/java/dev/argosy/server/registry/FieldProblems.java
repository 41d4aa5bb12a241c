package dev.argosy.server.registry;

import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.request.DecodedBody;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What strict decoding would not have let pass: fields that a kind does not have, and fields that
 * stood twice. In the order in which they stand in the body.
 *
 * @param texts the problems one by one, as warnings tell them
 * @param strict all of them, as a refusal tells them; null if there is none
 */
record FieldProblems(List<String> texts, @Nullable String strict) {

  static final FieldProblems NONE = new FieldProblems(List.of(), null);

  /** Takes unknown fields out of an object that was read from a body. */
  static FieldProblems of(KindSchema kind, ObjectNode object, DecodedBody body) {
    boolean order = !body.duplicates().isEmpty() && kind.struct().isPresent();
    ObjectNode said = order ? object.deepCopy() : object;
    List<String> unknown = kind.prune(object);
    if (unknown.isEmpty() && body.duplicates().isEmpty()) {
      return NONE;
    }
    if (!body.repeatedKeys().isEmpty()) {
      return ofYaml(unknown, body.repeatedKeys());
    }
    Set<String> texts = new LinkedHashSet<>();
    if (order) {
      new Order(new HashSet<>(unknown), new HashSet<>(body.duplicates()), texts).walk(said, "");
    } else {
      body.duplicates().forEach(path -> texts.add(duplicate(path)));
    }
    unknown.forEach(path -> texts.add(unknown(path)));
    return of(List.copyOf(texts));
  }

  /** The repeated fields of a body that is no object of a kind, such as a patch. */
  static FieldProblems ofRepeated(DecodedBody body) {
    return body.repeatedKeys().isEmpty()
        ? of(body.duplicates().stream().map(FieldProblems::duplicate).toList())
        : ofYaml(List.of(), body.repeatedKeys());
  }

  private static FieldProblems of(List<String> texts) {
    return texts.isEmpty() ? NONE : new FieldProblems(texts, String.join(", ", texts));
  }

  private static FieldProblems ofYaml(List<String> unknown, List<String> repeated) {
    List<String> errors = new ArrayList<>();
    errors.add("yaml: unmarshal errors:\n  " + String.join("\n  ", repeated));
    List<String> texts = new ArrayList<>(repeated);
    for (String path : unknown) {
      errors.add(unknown(path));
      texts.add(unknown(path));
    }
    return new FieldProblems(texts, String.join(", ", errors));
  }

  /** These problems after others. */
  FieldProblems after(FieldProblems first) {
    List<String> all = new ArrayList<>(first.texts);
    all.addAll(texts);
    return of(all);
  }

  private static String unknown(String path) {
    return "unknown field \"" + path + "\"";
  }

  private static String duplicate(String path) {
    return "duplicate field \"" + path + "\"";
  }

  /**
   * Goes through a body and tells its problems as they come; unknown fields are not looked into.
   */
  private record Order(Set<String> unknown, Set<String> duplicates, Set<String> texts) {

    void walk(JsonNode node, String path) {
      if (node.isArray()) {
        for (int i = 0; i < node.size(); i++) {
          walk(node.get(i), path + "[" + i + "]");
        }
      }
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        if (unknown.contains(at)) {
          texts.add(FieldProblems.unknown(at));
          continue;
        }
        if (duplicates.contains(at)) {
          texts.add(duplicate(at));
        }
        walk(field.getValue(), at);
      }
    }
  }
}
