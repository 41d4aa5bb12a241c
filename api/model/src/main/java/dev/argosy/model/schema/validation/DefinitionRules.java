package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Definitions of custom resources: names, versions, conversion. What their schemas must look like
 * is the business of the server, which understands schemas.
 */
final class DefinitionRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final List<String> SCOPES = List.of("Cluster", "Namespaced");
  private static final String APPROVAL = "api-approved.kubernetes.io";
  private static final String APPROVAL_HELP =
      ", see https://github.com/kubernetes/enhancements/pull/1111";

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode metadata = object.path("metadata");
    JsonNode names = spec.path("names");
    String group = spec.path("group").asString("");
    String name = metadata.path("name").asString("");
    if (!name.isEmpty() && !name.equals(names.path("plural").asString("") + "." + group)) {
      checks.invalid(
          Path.of("metadata").child("name"), name, "must be spec.names.plural+\".\"+spec.group");
    }
    group(group, checks);
    approval(group, metadata.path("annotations").path(APPROVAL), checks);
    checks.oneOf(SPEC.child("scope"), spec.path("scope").asString(""), SCOPES);
    DefinitionVersionRules.validate(spec, SPEC, checks);
    if (spec.path("preserveUnknownFields").asBoolean(false)) {
      checks.invalid(
          SPEC.child("preserveUnknownFields"),
          spec.path("preserveUnknownFields"),
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
              + " spec.versions[*].schema instead");
    }
    for (String field : List.of("plural", "singular", "kind", "listKind")) {
      if (names.path(field).asString("").isEmpty()) {
        checks.required(SPEC.child("names", field), "");
      }
    }
    names(names, SPEC.child("names"), checks);
    conversion(spec.path("conversion"), SPEC.child("conversion"), checks);
    names(object.path("status").path("acceptedNames"), STATUS.child("acceptedNames"), checks);
  }

  private static void group(String group, Checks checks) {
    List<String> wrong = NameRules.dnsSubdomain(group);
    if (group.isEmpty()) {
      checks.required(SPEC.child("group"), "");
    } else if (!wrong.isEmpty()) {
      checks.invalid(SPEC.child("group"), group, String.join(",", wrong));
    } else if (group.indexOf('.') < 0) {
      checks.invalid(SPEC.child("group"), group, "should be a domain with at least one dot");
    }
  }

  /** Groups of the Kubernetes community need a word from it. */
  private static void approval(String group, JsonNode approval, Checks checks) {
    String dotted = "." + group;
    if (!dotted.endsWith(".k8s.io") && !dotted.endsWith(".kubernetes.io")) {
      return;
    }
    Path path = Path.of("metadata").child("annotations").key(APPROVAL);
    String value = approval.asString("");
    if (value.isEmpty()) {
      checks.required(
          path,
          "protected groups must have approval annotation \"" + APPROVAL + "\"" + APPROVAL_HELP);
    } else if (!value.startsWith("unapproved") && !link(value)) {
      checks.invalid(
          path,
          value,
          "protected groups must have approval annotation \""
              + APPROVAL
              + "\" with either a URL or a reason starting with \"unapproved\""
              + APPROVAL_HELP);
    }
  }

  private static boolean link(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void names(JsonNode names, Path path, Checks checks) {
    for (String field : List.of("plural", "singular")) {
      label(names.path(field).asString(""), "", path.child(field), checks);
    }
    String mixed = "may have mixed case, but should otherwise match: ";
    for (String field : List.of("kind", "listKind")) {
      label(names.path(field).asString(""), mixed, path.child(field), checks);
    }
    String kind = names.path("kind").asString("");
    if (!kind.isEmpty() && kind.equals(names.path("listKind").asString(""))) {
      checks.invalid(path.child("listKind"), kind, "kind and listKind may not be the same");
    }
    for (String field : List.of("shortNames", "categories")) {
      JsonNode list = names.path(field);
      for (int i = 0; i < list.size(); i++) {
        label(list.get(i).asString(""), "", path.child(field).at(i), checks);
      }
    }
  }

  private static void label(String text, String lead, Path path, Checks checks) {
    String plain = lead.isEmpty() ? text : text.toLowerCase(Locale.ROOT);
    List<String> wrong = text.isEmpty() ? List.of() : NameRules.dns1035Label(plain);
    if (!wrong.isEmpty()) {
      checks.invalid(path, text, lead + String.join(",", wrong));
    }
  }

  /** Messages name the fields as Kubernetes does, by their place in an older version. */
  private static void conversion(JsonNode conversion, Path path, Checks checks) {
    String strategy = conversion.path("strategy").asString("");
    checks.oneOf(path.child("strategy"), strategy, List.of("None", "Webhook"));
    JsonNode webhook = conversion.path("webhook");
    JsonNode client = webhook.path("clientConfig");
    JsonNode versions = webhook.path("conversionReviewVersions");
    Path clientPath = path.child("webhookClientConfig");
    if (strategy.equals("Webhook")) {
      if (client.isMissingNode()) {
        checks.required(clientPath, "required when strategy is set to Webhook");
      } else {
        WebhookClients.validate(client, clientPath, checks);
      }
      WebhookRules.reviewVersions(versions, "", path.child("conversionReviewVersions"), checks);
      return;
    }
    String unused = "should not be set when strategy is not set to Webhook";
    if (!client.isMissingNode()) {
      checks.forbidden(clientPath, unused);
    }
    if (!versions.isEmpty()) {
      checks.forbidden(path.child("conversionReviewVersions"), unused);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode before = old.path("spec");
    if (established(old)) {
      same(spec, before, "scope", SPEC, checks);
      same(spec.path("names"), before.path("names"), "kind", SPEC.child("names"), checks);
    }
    same(spec, before, "group", SPEC, checks);
    same(spec.path("names"), before.path("names"), "plural", SPEC.child("names"), checks);
    storedVersions(object, checks);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    names(object.path("status").path("acceptedNames"), STATUS.child("acceptedNames"), checks);
    storedVersions(object, checks);
  }

  private static boolean established(ObjectNode definition) {
    for (JsonNode condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Established")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static void same(JsonNode now, JsonNode old, String field, Path path, Checks checks) {
    if (!now.path(field).equals(old.path(field))) {
      checks.immutable(path.child(field), now.path(field));
    }
  }

  /** What was ever stored in a version needs that version. */
  private static void storedVersions(ObjectNode object, Checks checks) {
    Set<String> known = new HashSet<>();
    object.path("spec").path("versions").forEach(v -> known.add(v.path("name").asString("")));
    JsonNode stored = object.path("status").path("storedVersions");
    for (int i = 0; i < stored.size(); i++) {
      if (!known.contains(stored.get(i).asString(""))) {
        checks.invalid(
            STATUS.child("storedVersions").at(i),
            stored.get(i).asString(""),
            "must appear in spec.versions");
      }
    }
  }
}
