package dev.argosy.model.schema.validation;

import dev.argosy.model.name.ExpressionNames;
import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies of admission. Whether their expressions compile is found out where expressions are
 * compiled.
 *
 * @param mutating whether they change objects, or only accept and refuse
 */
record AdmissionPolicyRules(boolean mutating) implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> REASONS =
      List.of("Forbidden", "Invalid", "RequestEntityTooLarge");
  private static final List<String> PATCH_TYPES = List.of("ApplyConfiguration", "JSONPatch");
  private static final int MAX_ANNOTATIONS = 20;
  private static final int MAX_ANNOTATION_EXPRESSION = 5 * 1024;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    checks.oneOf(
        SPEC.child("failurePolicy"),
        spec.path("failurePolicy").asString(""),
        AdmissionMatching.FAILURE_POLICIES);
    if (spec.has("paramKind")) {
      paramKind(spec.path("paramKind"), SPEC.child("paramKind"), checks);
    }
    constraints(spec.path("matchConstraints"), SPEC.child("matchConstraints"), checks);
    AdmissionMatching.conditions(
        spec.path("matchConditions"), SPEC.child("matchConditions"), checks);
    variables(spec.path("variables"), SPEC.child("variables"), checks);
    if (mutating) {
      mutations(spec, checks);
    } else {
      decisions(spec, object.path("metadata").path("name").asString(""), checks);
    }
  }

  private static void paramKind(JsonNode kind, Path path, Checks checks) {
    String version = kind.path("apiVersion").asString("");
    Path at = path.child("apiVersion");
    if (version.isEmpty()) {
      checks.required(at, "");
    } else if (version.indexOf('/') != version.lastIndexOf('/')) {
      checks.invalid(at, version, "unexpected GroupVersion string: " + version);
    } else {
      int slash = version.indexOf('/');
      joined(at, version.substring(0, Math.max(slash, 0)), false, checks);
      joined(at, version.substring(slash + 1), true, checks);
    }
    String name = kind.path("kind").asString("");
    List<String> wrong = NameRules.dns1035Label(name.toLowerCase(Locale.ROOT));
    if (name.isEmpty()) {
      checks.required(path.child("kind"), "");
    } else if (!wrong.isEmpty()) {
      checks.invalid(
          path.child("kind"),
          name,
          "may have mixed case, but should otherwise match: " + String.join(",", wrong));
    }
  }

  private static void joined(Path path, String part, boolean version, Checks checks) {
    if (part.isEmpty()) {
      if (version) {
        checks.invalid(path, part, "version must be specified");
      }
      return;
    }
    List<String> wrong = version ? NameRules.dns1035Label(part) : NameRules.dnsSubdomain(part);
    if (!wrong.isEmpty()) {
      checks.invalid(path, part, String.join(",", wrong));
    }
  }

  private static void constraints(JsonNode constraints, Path path, Checks checks) {
    if (constraints.isMissingNode()) {
      checks.required(path, "");
      return;
    }
    AdmissionMatching.resources(constraints, path, checks);
    if (constraints.path("resourceRules").isEmpty()) {
      checks.required(path.child("resourceRules"), "");
    }
  }

  private static void variables(JsonNode variables, Path path, Checks checks) {
    for (int i = 0; i < variables.size(); i++) {
      String name = variables.get(i).path("name").asString("");
      if (name.isBlank()) {
        checks.required(path.at(i).child("name"), "name is not specified");
      } else if (!ExpressionNames.identifier(name) || ExpressionNames.reserved(name)) {
        checks.invalid(path.at(i).child("name"), name, "name is not a valid CEL identifier");
      }
      expression(variables.get(i), path.at(i), checks);
    }
  }

  private static void expression(JsonNode holder, Path path, Checks checks) {
    if (holder.path("expression").asString("").isBlank()) {
      checks.required(path.child("expression"), "expression is not specified");
    }
  }

  private static void mutations(JsonNode spec, Checks checks) {
    JsonNode mutations = spec.path("mutations");
    Path path = SPEC.child("mutations");
    if (mutations.isEmpty()) {
      checks.required(path, "mutations must contain at least one item");
    }
    for (int i = 0; i < mutations.size(); i++) {
      mutation(mutations.get(i), path.at(i), checks);
    }
    checks.oneOf(
        SPEC.child("reinvocationPolicy"),
        spec.path("reinvocationPolicy").asString(""),
        AdmissionMatching.REINVOCATION);
  }

  private static void mutation(JsonNode mutation, Path path, Checks checks) {
    String type = mutation.path("patchType").asString("");
    checks.oneOf(path.child("patchType"), type, PATCH_TYPES);
    if (!PATCH_TYPES.contains(type)) {
      return;
    }
    boolean applies = type.equals("ApplyConfiguration");
    String wanted = applies ? "applyConfiguration" : "jsonPatch";
    String other = applies ? "jsonPatch" : "applyConfiguration";
    if (mutation.has(wanted)) {
      expression(mutation.path(wanted), path.child(wanted), checks);
    } else {
      checks.required(path.child(wanted), "must be specified when patchType is " + type);
    }
    if (mutation.has(other)) {
      checks.invalid(
          path.child(other),
          mutation.path(other),
          "must not be specified when patchType is " + type);
    }
  }

  private static void decisions(JsonNode spec, String name, Checks checks) {
    JsonNode validations = spec.path("validations");
    JsonNode annotations = spec.path("auditAnnotations");
    if (validations.isEmpty() && annotations.isEmpty()) {
      String some = "validations or auditAnnotations must contain at least one item";
      checks.required(SPEC.child("validations"), some);
      checks.required(SPEC.child("auditAnnotations"), some);
    }
    for (int i = 0; i < validations.size(); i++) {
      validation(validations.get(i), SPEC.child("validations").at(i), checks);
    }
    Path path = SPEC.child("auditAnnotations");
    if (annotations.size() > MAX_ANNOTATIONS) {
      checks.invalid(path, annotations, "must not have more than 20 auditAnnotations");
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < annotations.size(); i++) {
      annotation(annotations.get(i), name, path.at(i), checks);
      String key = annotations.get(i).path("key").asString("");
      if (!keys.add(key)) {
        checks.duplicate(path.at(i).child("key"), key);
      }
    }
  }

  private static void validation(JsonNode validation, Path path, Checks checks) {
    expression(validation, path, checks);
    String expression = validation.path("messageExpression").asString("");
    if (!expression.isEmpty() && expression.isBlank()) {
      checks.invalid(path.child("messageExpression"), expression, "must be non-empty if specified");
    }
    String message = validation.path("message").asString("");
    if (!message.isEmpty() && message.isBlank()) {
      checks.invalid(path.child("message"), message, "message must be non-empty if specified");
    } else if (message.strip().indexOf('\n') >= 0 || message.strip().indexOf('\r') >= 0) {
      checks.invalid(path.child("message"), message, "message must not contain line breaks");
    }
    AdmissionMatching.optional(validation.path("reason"), REASONS, path.child("reason"), checks);
  }

  private static void annotation(JsonNode annotation, String policy, Path path, Checks checks) {
    String key = annotation.path("key").asString("");
    if (policy.isEmpty()) {
      checks.invalid(path.child("key"), key, "requires metadata.name be non-empty");
    } else {
      String whole = policy + "/" + key;
      checks.invalidAll(path.child("key"), whole, LabelRules.qualifiedName(whole));
    }
    String value = annotation.path("valueExpression").asString("").strip();
    if (value.isEmpty()) {
      checks.required(path.child("valueExpression"), "valueExpression is not specified");
    } else if (value.getBytes(StandardCharsets.UTF_8).length > MAX_ANNOTATION_EXPRESSION) {
      checks.required(
          path.child("valueExpression"),
          "must not exceed " + MAX_ANNOTATION_EXPRESSION + " bytes in length");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    JsonNode warnings = status.path("typeChecking").path("expressionWarnings");
    Path path = Path.of("status").child("typeChecking", "expressionWarnings");
    for (int i = 0; i < warnings.size(); i++) {
      for (String field : List.of("warning", "fieldRef")) {
        if (warnings.get(i).path(field).asString("").isBlank()) {
          checks.required(path.at(i).child(field), "");
        }
      }
    }
    ConditionRules.validate(
        status.path("conditions"), Path.of("status").child("conditions"), checks);
  }
}
