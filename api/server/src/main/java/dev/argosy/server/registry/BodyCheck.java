package dev.argosy.server.registry;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Status;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.server.request.WriteQuery.FieldValidation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a body an object of its kind: right type, no unknown fields, no nulls. */
final class BodyCheck {

  private BodyCheck() {}

  /**
   * The object in a body, which is the caller's own.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest if it is of another kind, or breaks
   *     strict field validation
   */
  static ObjectNode object(Write write, DecodedBody body) {
    ResourceType type = write.kind().type();
    ObjectNode object = requireObject(body.tree());
    requireType(object, type.apiVersion(), type.kind());
    Metadata metadata = Metadata.of(object);
    metadata.remove("selfLink", "clusterName", "managedFields");
    checkFields(write, write.kind(), object, body.duplicates());
    return object;
  }

  static ObjectNode requireObject(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw Status.badRequest("the body must be an object").asException();
  }

  /** The type in a body must be that of the URL; what is missing is filled in. */
  static void requireType(ObjectNode object, String apiVersion, String kind) {
    String saidVersion = object.path("apiVersion").asString("");
    String saidKind = object.path("kind").asString("");
    if (!saidVersion.isEmpty() && !saidVersion.equals(apiVersion)) {
      throw Status.badRequest(
              "the API version in the data ("
                  + saidVersion
                  + ") does not match the expected API version ("
                  + apiVersion
                  + ")")
          .asException();
    }
    if (!saidKind.isEmpty() && !saidKind.equals(kind)) {
      throw Status.badRequest(
              "the kind in the data ("
                  + saidKind
                  + ") does not match the expected kind ("
                  + kind
                  + ")")
          .asException();
    }
    object.put("apiVersion", apiVersion).put("kind", kind);
  }

  private static void checkFields(
      Write write, KindSchema kind, ObjectNode object, List<String> duplicates) {
    List<String> problems = new ArrayList<>();
    for (String path : kind.prune(object)) {
      problems.add("unknown field \"" + path + "\"");
    }
    for (String path : duplicates) {
      problems.add("duplicate field \"" + path + "\"");
    }
    FieldValidation validation = write.options().fieldValidation();
    if (problems.isEmpty() || validation == FieldValidation.IGNORE) {
      return;
    }
    if (validation == FieldValidation.WARN) {
      write.warnings().addAll(problems);
      return;
    }
    ResourceType type = kind.type();
    throw Status.badRequest(
            type.kind()
                + " in version \""
                + type.version()
                + "\" cannot be handled as a "
                + type.kind()
                + ": strict decoding error: "
                + String.join(", ", problems))
        .asException();
  }
}
