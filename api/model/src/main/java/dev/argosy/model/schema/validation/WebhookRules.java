package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Configurations of mutating and of validating webhooks. */
final class WebhookRules implements KindRules {

  private static final List<String> SIDE_EFFECTS = List.of("None", "NoneOnDryRun");
  private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode webhooks = object.path("webhooks");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < webhooks.size(); i++) {
      Path path = Path.of("webhooks").at(i);
      JsonNode webhook = webhooks.get(i);
      webhook(webhook, path, checks);
      reviewVersions(
          webhook.path("admissionReviewVersions"),
          "must specify one of v1, v1beta1",
          path.child("admissionReviewVersions"),
          checks);
      String name = webhook.path("name").asString("");
      if (!name.isEmpty() && !names.add(name)) {
        checks.duplicate(path.child("name"), name);
      }
    }
  }

  private static void webhook(JsonNode webhook, Path path, Checks checks) {
    name(webhook.path("name").asString(""), path.child("name"), checks);
    JsonNode rules = webhook.path("rules");
    for (int i = 0; i < rules.size(); i++) {
      AdmissionMatching.rule(rules.get(i), path.child("rules").at(i), checks);
    }
    choice(webhook, "failurePolicy", AdmissionMatching.FAILURE_POLICIES, path, checks);
    choice(webhook, "matchPolicy", AdmissionMatching.MATCH_POLICIES, path, checks);
    choice(webhook, "reinvocationPolicy", AdmissionMatching.REINVOCATION, path, checks);
    if (webhook.has("sideEffects")) {
      choice(webhook, "sideEffects", SIDE_EFFECTS, path, checks);
    } else {
      checks.required(path.child("sideEffects"), "must specify one of None, NoneOnDryRun");
    }
    JsonNode timeout = webhook.path("timeoutSeconds");
    if (timeout.isNumber() && (timeout.asLong(0) < 1 || timeout.asLong(0) > 30)) {
      checks.invalid(
          path.child("timeoutSeconds"),
          timeout,
          "the timeout value must be between 1 and 30 seconds");
    }
    for (String selector : List.of("namespaceSelector", "objectSelector")) {
      SelectorRules.labelSelector(webhook.path(selector), path.child(selector), checks);
    }
    WebhookClients.validate(webhook.path("clientConfig"), path.child("clientConfig"), checks);
    AdmissionMatching.conditions(
        webhook.path("matchConditions"), path.child("matchConditions"), checks);
  }

  private static void choice(
      JsonNode webhook, String field, List<String> supported, Path path, Checks checks) {
    AdmissionMatching.optional(webhook.path(field), supported, path.child(field), checks);
  }

  private static void name(String name, Path path, Checks checks) {
    List<String> wrong = NameRules.dnsSubdomain(name);
    if (name.isEmpty()) {
      checks.required(path, "");
    } else if (!wrong.isEmpty()) {
      checks.invalid(path, name, String.join(",", wrong));
    } else if (name.split("\\.", -1).length < 3) {
      checks.invalid(
          path, name, "should be a domain with at least three segments separated by dots");
    }
  }

  /** The versions of reviews that a webhook understands; one of ours must be among them. */
  static void reviewVersions(JsonNode versions, String missing, Path path, Checks checks) {
    if (versions.isEmpty()) {
      checks.required(path, missing);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < versions.size(); i++) {
      String version = versions.get(i).asString("");
      if (seen.add(version)) {
        checks.invalidAll(path.at(i), version, NameRules.dns1035Label(version));
      } else {
        checks.invalid(path.at(i), version, "duplicate version");
      }
    }
    if (REVIEW_VERSIONS.stream().noneMatch(seen::contains)) {
      checks.invalid(path, versions, "must include at least one of v1, v1beta1");
    }
  }
}
