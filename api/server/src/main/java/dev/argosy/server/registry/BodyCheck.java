package dev.argosy.server.registry;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.server.request.WriteQuery.FieldValidation;
import java.util.List;
import java.util.function.Function;
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
    metadata.remove("selfLink", "clusterName");
    refuse(
        write, FieldProblems.of(write.kind(), object, body), strict -> undecodable(type, strict));
    return object;
  }

  /**
   * The object that a patch makes of the present one.
   *
   * @param patch as it came
   */
  static ObjectNode patched(Write write, ObjectNode object, DecodedBody patch) {
    ResourceType type = write.kind().type();
    requireType(object, type.apiVersion(), type.kind());
    Metadata.of(object).remove("selfLink", "clusterName");
    FieldProblems repeated = FieldProblems.ofRepeated(patch);
    FieldProblems unknown =
        FieldProblems.of(write.kind(), object, DecodedBody.of(object)).after(repeated);
    refuse(write, unknown, strict -> badPatch(object, strict));
    return object;
  }

  /** Of a configuration only repeated fields are left to find here. */
  static void configuration(Write write, DecodedBody body) {
    refuse(
        write,
        FieldProblems.ofRepeated(body),
        strict ->
            Status.badRequest(
                strict.replace("strict decoding error", "error strict decoding YAML")));
  }

  /** An object of which nothing is said. */
  static ObjectNode nothing() {
    ObjectNode object = Json.object();
    object.putObject("metadata");
    return object;
  }

  private static Status badPatch(ObjectNode object, String strict) {
    String message =
        "Invalid value: " + Json.mapper().writeValueAsString(object.toString()) + ": " + strict;
    Cause cause = new Cause("FieldValueInvalid", message, "patch");
    return Status.invalid("", "", "", List.of(cause));
  }

  private static Status undecodable(ResourceType type, String strict) {
    return Status.badRequest(
        type.kind()
            + " in version \""
            + type.version()
            + "\" cannot be handled as a "
            + type.kind()
            + ": "
            + strict);
  }

  private static void refuse(
      Write write, FieldProblems problems, Function<String, Status> refusal) {
    String strict = problems.strict();
    FieldValidation validation = write.options().fieldValidation();
    if (strict == null || validation == FieldValidation.IGNORE) {
      return;
    }
    if (validation == FieldValidation.STRICT) {
      throw refusal.apply("strict decoding error: " + strict).asException();
    }
    write.warnings().addAll(problems.texts());
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
}
