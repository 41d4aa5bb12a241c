package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Certificate signing requests. */
final class SigningRequestRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> CONDITIONS = List.of("Approved", "Denied", "Failed");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    request(spec.path("request").asString(""), checks);
    String signer = spec.path("signerName").asString("");
    if (signer.isEmpty()) {
      checks.required(SPEC.child("signerName"), "");
    } else if (signer.indexOf('/') <= 0 || signer.indexOf('.') < 0 || signer.endsWith("/")) {
      checks.invalid(
          SPEC.child("signerName"),
          signer,
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    }
    if (spec.path("usages").isEmpty()) {
      checks.required(SPEC.child("usages"), "usages must be specified");
    }
    JsonNode expiration = spec.path("expirationSeconds");
    if (!expiration.isMissingNode() && expiration.asLong(0) < 600) {
      checks.invalid(
          SPEC.child("expirationSeconds"),
          expiration,
          "may not specify a duration less than 600 seconds (10 minutes)");
    }
  }

  private static void request(String base64, Checks checks) {
    Path path = SPEC.child("request");
    if (base64.isEmpty()) {
      checks.required(path, "");
      return;
    }
    String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    if (!pem.contains("-----BEGIN CERTIFICATE REQUEST-----")
        && !pem.contains("-----BEGIN NEW CERTIFICATE REQUEST-----")) {
      checks.invalid(
          path,
          base64.substring(0, Math.min(base64.length(), 64)),
          "PEM block type must be CERTIFICATE REQUEST");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode conditions = object.path("status").path("conditions");
    Path path = Path.of("status").child("conditions");
    boolean approved = false;
    boolean denied = false;
    for (int i = 0; i < conditions.size(); i++) {
      JsonNode condition = conditions.get(i);
      String type = condition.path("type").asString("");
      String status = condition.path("status").asString("");
      if (type.isEmpty()) {
        checks.required(path.at(i).child("type"), "");
      }
      if (CONDITIONS.contains(type)) {
        checks.oneOf(path.at(i).child("status"), status, List.of("True"));
      }
      approved |= type.equals("Approved");
      denied |= type.equals("Denied");
    }
    if (approved && denied) {
      checks.invalid(path, conditions, "Approved and Denied conditions are mutually exclusive");
    }
    kept(conditions, old.path("status").path("conditions"), path, checks);
  }

  private static void kept(JsonNode conditions, JsonNode old, Path path, Checks checks) {
    for (String type : CONDITIONS) {
      if (has(old, type) && !has(conditions, type)) {
        checks.forbidden(path, "updates may not remove a condition of type \"" + type + "\"");
      }
    }
  }

  private static boolean has(JsonNode conditions, String type) {
    for (JsonNode condition : conditions) {
      if (condition.path("type").asString("").equals(type)) {
        return true;
      }
    }
    return false;
  }
}
