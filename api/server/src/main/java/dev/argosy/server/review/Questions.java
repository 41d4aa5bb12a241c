package dev.argosy.server.review;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a review asks, read from its spec. */
final class Questions {

  private Questions() {}

  /**
   * Checks an access review; all that is wrong is told at once.
   *
   * @param problems takes note of it; refuses if there is any
   * @param aboutOthers whether it names a user
   * @param namespace in which it is asked; empty for reviews of the whole cluster
   */
  static void check(ObjectNode review, Problems problems, boolean aboutOthers, String namespace) {
    JsonNode spec = review.path("spec");
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
    if (resource.isObject() && path.isObject()) {
      problems.invalid(
          "spec.nonResourceAttributes",
          path.toString(),
          "cannot be specified in combination with resourceAttributes");
    }
    if (!resource.isObject() && !path.isObject()) {
      problems.invalid(
          "spec.resourceAttributes",
          "null",
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
    if (aboutOthers && text(spec, "user").isEmpty() && spec.path("groups").isEmpty()) {
      problems.invalid("spec.user", "\"\"", "at least one of user or group must be specified");
    }
    new SelectorCheck(problems).check(resource, "spec.resourceAttributes");
    metadata(review.path("metadata"), namespace, problems);
    if (!namespace.isEmpty()) {
      local(resource, path, namespace, problems);
    }
    problems.refuse();
  }

  private static void metadata(JsonNode metadata, String namespace, Problems problems) {
    boolean local = !namespace.isEmpty();
    Set<String> allowed = local ? Set.of("managedFields", "namespace") : Set.of("managedFields");
    boolean more =
        metadata.properties().stream()
            .anyMatch(e -> !allowed.contains(e.getKey()) && !empty(e.getValue()));
    if (more) {
      problems.invalid(
          "metadata",
          metadata.toString(),
          local ? "must be empty except for namespace" : "must be empty");
    }
  }

  private static boolean empty(JsonNode value) {
    return value.isNull() || (value.isString() ? value.asString().isEmpty() : value.isEmpty());
  }

  private static void local(JsonNode resource, JsonNode path, String namespace, Problems problems) {
    String about = text(resource, "namespace");
    if (resource.isObject() && !about.equals(namespace)) {
      problems.invalid(
          "spec.resourceAttributes.namespace",
          "\"" + about + "\"",
          "must match metadata.namespace");
    }
    if (path.isObject()) {
      problems.invalid(
          "spec.nonResourceAttributes", path.toString(), "disallowed on this kind of request");
    }
  }

  /** The one question of a checked access review. */
  static Attributes of(JsonNode spec, UserInfo user, String cluster) {
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
    return resource.isObject()
        ? new Attributes(
            user,
            cluster,
            text(resource, "verb"),
            text(resource, "group"),
            text(resource, "version"),
            text(resource, "resource"),
            text(resource, "subresource"),
            text(resource, "namespace"),
            text(resource, "name"),
            "")
        : new Attributes(
            user, cluster, text(path, "verb"), "", "", "", "", "", "", text(path, "path"));
  }

  static String text(JsonNode node, String member) {
    return node.path(member).asString("");
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
