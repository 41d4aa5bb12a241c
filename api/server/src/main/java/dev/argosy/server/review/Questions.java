package dev.argosy.server.review;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a review asks, read from its spec. */
final class Questions {

  private Questions() {}

  /** The one question of an access review's spec. */
  static Attributes of(JsonNode spec, UserInfo user, String cluster, String kind) {
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
    if (resource.isObject() == path.isObject()) {
      throw invalid(
          kind,
          "spec.resourceAttributes",
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
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

  static StatusException invalid(String kind, String field, String why) {
    Cause cause = new Cause("FieldValueInvalid", "Invalid value: \"\": " + why, field);
    String group = "authorization.k8s.io";
    return new StatusException(
        Status.about(
                Reason.INVALID,
                new GroupResource(group, kind),
                "",
                kind + "." + group + " \"\" is invalid: " + field + ": " + cause.message())
            .withCauses(List.of(cause)));
  }
}
