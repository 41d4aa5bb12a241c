package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules for {@code metadata}, the same for all kinds.
 *
 * @param nameRule subdomain, label, label1035 or segment
 * @param anyFinalizer whether finalizers without a domain may have any name, as those of custom
 *     resources, their definitions and registrations may
 */
record MetadataRules(boolean namespaced, String nameRule, boolean anyFinalizer) {

  private static final Path METADATA = Path.of("metadata");
  private static final int MAX_ANNOTATIONS = 262_144;
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");

  void validate(ObjectNode object, Checks checks) {
    JsonNode metadata = object.path("metadata");
    names(metadata, checks);
    common(metadata, checks);
  }

  void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode metadata = object.path("metadata");
    JsonNode before = old.path("metadata");
    common(metadata, checks);
    for (String field : List.of("name", "namespace", "uid", "creationTimestamp")) {
      JsonNode value = metadata.path(field);
      if (!value.asString("").equals(before.path(field).asString(""))) {
        checks.immutable(METADATA.child(field), value);
      }
    }
    if (before.has("deletionTimestamp")) {
      newFinalizers(metadata, before, checks);
    }
  }

  private void names(JsonNode metadata, Checks checks) {
    String name = metadata.path("name").asString("");
    String prefix = metadata.path("generateName").asString("");
    if (!prefix.isEmpty()) {
      String masked =
          prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
      checks.invalidAll(METADATA.child("generateName"), prefix, nameErrors(masked));
    }
    if (name.isEmpty()) {
      if (prefix.isEmpty()) {
        checks.required(METADATA.child("name"), "name or generateName is required");
      }
    } else {
      checks.invalidAll(METADATA.child("name"), name, nameErrors(name));
    }
    String namespace = metadata.path("namespace").asString("");
    if (namespaced && namespace.isEmpty()) {
      checks.required(METADATA.child("namespace"), "");
    } else if (namespaced) {
      checks.invalidAll(METADATA.child("namespace"), namespace, NameRules.dnsLabel(namespace));
    } else if (!namespace.isEmpty()) {
      checks.forbidden(METADATA.child("namespace"), "not allowed on this type");
    }
  }

  private List<String> nameErrors(String name) {
    return switch (nameRule) {
      case "subdomain" -> NameRules.dnsSubdomain(name);
      case "label" -> NameRules.dnsLabel(name);
      case "label1035" -> NameRules.dns1035Label(name);
      default -> NameRules.pathSegment(name);
    };
  }

  private void common(JsonNode metadata, Checks checks) {
    if (metadata.path("generation").asLong(0) < 0) {
      checks.nonNegative(METADATA.child("generation"), metadata.path("generation"));
    }
    labels(metadata.path("labels"), METADATA.child("labels"), checks);
    annotations(metadata.path("annotations"), METADATA.child("annotations"), checks);
    owners(metadata.path("ownerReferences"), checks);
    finalizers(metadata.path("finalizers"), checks);
  }

  static void labels(JsonNode labels, Path path, Checks checks) {
    if (!labels.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String value = label.getValue().asString("");
      checks.invalidAll(path, label.getKey(), LabelRules.qualifiedName(label.getKey()));
      checks.invalidAll(path, value, LabelRules.labelValue(value));
    }
  }

  static void annotations(JsonNode annotations, Path path, Checks checks) {
    if (!annotations.isObject()) {
      return;
    }
    long size = 0;
    for (Map.Entry<String, JsonNode> entry : annotations.properties()) {
      String key = entry.getKey();
      String value = entry.getValue().asString("");
      checks.invalidAll(path, key, LabelRules.qualifiedName(key.toLowerCase(Locale.ROOT)));
      size += key.length() + (value.length() < 10_000 ? value.length() : utf8(value));
    }
    if (size > MAX_ANNOTATIONS) {
      checks.tooLong(path, MAX_ANNOTATIONS);
    }
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void owners(JsonNode owners, Checks checks) {
    Path path = METADATA.child("ownerReferences");
    String controller = "";
    for (int i = 0; i < owners.size(); i++) {
      JsonNode owner = owners.get(i);
      Path at = path.at(i);
      present(owner, "apiVersion", at, "version must not be empty", checks);
      present(owner, "kind", at, "must not be empty", checks);
      present(owner, "name", at, "must not be empty", checks);
      present(owner, "uid", at, "must not be empty", checks);
      if (owner.path("controller").asBoolean(false)) {
        String name = owner.path("kind").asString("") + "/" + owner.path("name").asString("");
        if (!controller.isEmpty()) {
          checks.invalid(
              path,
              owners,
              "Only one reference can have Controller set to true. Found \"true\" in references for "
                  + controller
                  + " and "
                  + name);
        }
        controller = name;
      }
    }
  }

  private static void present(
      JsonNode owner, String field, Path at, String message, Checks checks) {
    JsonNode value = owner.path(field);
    if (value.asString("").isEmpty()) {
      checks.invalid(at.child(field), "", message);
    }
  }

  private void finalizers(JsonNode finalizers, Checks checks) {
    Path path = METADATA.child("finalizers");
    boolean orphan = false;
    boolean foreground = false;
    for (int i = 0; i < finalizers.size(); i++) {
      String finalizer = finalizers.get(i).asString("");
      orphan |= finalizer.equals("orphan");
      foreground |= finalizer.equals("foregroundDeletion");
      List<String> wrong = LabelRules.qualifiedName(finalizer);
      checks.invalidAll(path.at(i), finalizer, wrong);
      boolean qualified = finalizer.indexOf('/') >= 0 || STANDARD_FINALIZERS.contains(finalizer);
      if (wrong.isEmpty() && !qualified && !anyFinalizer) {
        checks.invalid(
            path.at(i),
            finalizer,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
    if (orphan && foreground) {
      checks.invalid(
          path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
    }
  }

  private static void newFinalizers(JsonNode metadata, JsonNode before, Checks checks) {
    Set<String> old = new HashSet<>();
    before.path("finalizers").forEach(f -> old.add(f.asString("")));
    Set<String> added = new java.util.TreeSet<>();
    metadata.path("finalizers").forEach(f -> added.add(f.asString("")));
    added.removeAll(old);
    if (!added.isEmpty()) {
      checks.forbidden(
          METADATA.child("finalizers"),
          "no new finalizers can be added if the object is being deleted, found new finalizers ["
              + String.join(" ", added.stream().map(f -> '"' + f + '"').toList())
              + "]");
    }
  }
}
