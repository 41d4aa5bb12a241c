package dev.argosy.model.schema.print;

import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells that name other objects: the owner of an address, the parameters of a policy. */
final class ReferenceCells {

  private static final String UNSET = "<unset>";

  private ReferenceCells() {}

  /** {@code services/default/web}, {@code things.example.com/name}. */
  static String parent(ObjectNode address) {
    JsonNode parent = address.path("spec").path("parentRef");
    if (parent.isMissingNode()) {
      return "<none>";
    }
    String group = parent.path("group").asString("");
    String resource = parent.path("resource").asString("").toLowerCase(Locale.ROOT);
    StringJoiner text = new StringJoiner("/");
    text.add(group.isEmpty() ? resource : resource + "." + group);
    String namespace = parent.path("namespace").asString("");
    if (!namespace.isEmpty()) {
      text.add(namespace);
    }
    return text.add(parent.path("name").asString("")).toString();
  }

  static Cell policy(String word) {
    return switch (word) {
      case "kind" -> (policy, now) -> parameterKind(policy.path("spec").path("paramKind"));
      case "ref" -> (binding, now) -> parameters(binding.path("spec").path("paramRef"));
      default -> throw new IllegalArgumentException("columns.tsv: policy " + word);
    };
  }

  private static String parameterKind(JsonNode kind) {
    return kind.isMissingNode()
        ? UNSET
        : kind.path("apiVersion").asString("") + "/" + kind.path("kind").asString("");
  }

  private static String parameters(JsonNode ref) {
    if (ref.isMissingNode()) {
      return UNSET;
    }
    String name = ref.path("name").asString("");
    if (name.isEmpty()) {
      return Selections.selector(ref.path("selector"));
    }
    return Cells.text(ref.path("namespace"), "*") + "/" + name;
  }
}
