package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Certificate signing requests. */
final class SigningRequestRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> USAGES =
      List.of(
          "any",
          "cert sign",
          "client auth",
          "code signing",
          "content commitment",
          "crl sign",
          "data encipherment",
          "decipher only",
          "digital signature",
          "email protection",
          "encipher only",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "key agreement",
          "key encipherment",
          "microsoft sgc",
          "netscape sgc",
          "ocsp signing",
          "s/mime",
          "server auth",
          "signing",
          "timestamping");
  private static final List<String> CONDITIONS = List.of("Approved", "Denied", "Failed");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    request(spec.path("request").asString(""), checks);
    signer(spec.path("signerName").asString(""), SPEC.child("signerName"), checks);
    usages(spec.path("usages"), SPEC.child("usages"), checks);
    JsonNode expiration = spec.path("expirationSeconds");
    if (!expiration.isMissingNode() && expiration.asLong(0) < 600) {
      checks.invalid(
          SPEC.child("expirationSeconds"),
          expiration,
          "may not specify a duration less than 600 seconds (10 minutes)");
    }
  }

  /** Checks the name of a signer; an empty one is missing. */
  static void signer(String signer, Path path, Checks checks) {
    String[] parts = signer.split("/", -1);
    if (signer.isEmpty()) {
      checks.required(path, "");
    } else if (parts.length != 2) {
      checks.invalid(
          path,
          signer,
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    } else {
      if (parts[0].indexOf('.') < 0) {
        checks.invalid(
            path, parts[0], "should be a domain with at least two segments separated by dots");
      }
      for (String part : parts) {
        for (String wrong : NameRules.dnsSubdomain(part)) {
          checks.invalid(path, part, "validating label \"" + part + "\": " + wrong);
        }
      }
    }
  }

  private static void usages(JsonNode usages, Path path, Checks checks) {
    if (usages.isEmpty()) {
      checks.required(path, "usages must be specified");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < usages.size(); i++) {
      String usage = usages.get(i).asString("");
      if (!USAGES.contains(usage)) {
        checks.notSupported(path.at(i), usage, USAGES);
      }
      if (!seen.add(usage)) {
        checks.duplicate(path.at(i), usage);
      }
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
    JsonNode certificate = old.path("status").path("certificate");
    if (!certificate.asString("").isEmpty()
        && !certificate.equals(object.path("status").path("certificate"))) {
      checks.forbidden(
          Path.of("status").child("certificate"),
          "updates may not modify existing certificate content");
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
