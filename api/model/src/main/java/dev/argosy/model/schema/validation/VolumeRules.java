package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Volumes of a pod and their mounts in containers. */
final class VolumeRules {

  private static final List<String> PROPAGATION =
      List.of("Bidirectional", "HostToContainer", "None");

  private VolumeRules() {}

  /** Checks the volumes; answers their names. */
  static Set<String> volumes(JsonNode volumes, Path path, Checks checks) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode volume = volumes.get(i);
      Path at = path.child("volumes").at(i);
      String name = volume.path("name").asString("");
      if (name.isEmpty()) {
        checks.required(at.child("name"), "");
      } else {
        checks.invalidAll(at.child("name"), name, NameRules.dnsLabel(name));
        if (!names.add(name)) {
          checks.duplicate(at.child("name"), name);
        }
      }
      source(volume, at, checks);
    }
    return names;
  }

  private static void source(JsonNode volume, Path path, Checks checks) {
    boolean found = false;
    for (Map.Entry<String, JsonNode> member : volume.properties()) {
      if (member.getKey().equals("name")) {
        continue;
      }
      Path at = path.child(member.getKey());
      if (found) {
        checks.forbidden(at, "may not specify more than 1 volume type");
      } else {
        contents(member.getKey(), member.getValue(), at, checks);
      }
      found = true;
    }
    if (!found) {
      checks.required(path, "must specify a volume type");
    }
  }

  private static void contents(String type, JsonNode source, Path path, Checks checks) {
    switch (type) {
      case "configMap" -> {
        named(source, "name", path, checks);
        mode(source.path("defaultMode"), path.child("defaultMode"), checks);
        items(source.path("items"), path.child("items"), checks);
      }
      case "secret" -> {
        named(source, "secretName", path, checks);
        mode(source.path("defaultMode"), path.child("defaultMode"), checks);
        items(source.path("items"), path.child("items"), checks);
      }
      case "persistentVolumeClaim" -> named(source, "claimName", path, checks);
      case "emptyDir" -> {
        if (source.path("sizeLimit").asString("").startsWith("-")) {
          checks.forbidden(
              path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
      }
      case "ephemeral" -> {
        if (source.has("volumeClaimTemplate")) {
          ClaimRules.spec(
              source.path("volumeClaimTemplate").path("spec"),
              path.child("volumeClaimTemplate", "spec"),
              checks);
        } else {
          checks.required(path.child("volumeClaimTemplate"), "");
        }
      }
      case "csi" -> named(source, "driver", path, checks);
      case "gitRepo" -> named(source, "repository", path, checks);
      case "downwardAPI" -> {
        mode(source.path("defaultMode"), path.child("defaultMode"), checks);
        downward(source.path("items"), path.child("items"), checks);
      }
      case "projected" -> {
        mode(source.path("defaultMode"), path.child("defaultMode"), checks);
        projected(source.path("sources"), path.child("sources"), checks);
      }
      default -> VolumeSourceRules.validate(type, source, path, checks);
    }
  }

  private static void named(JsonNode source, String field, Path path, Checks checks) {
    if (source.path(field).asString("").isEmpty()) {
      checks.required(path.child(field), "");
    }
  }

  private static void mode(JsonNode mode, Path path, Checks checks) {
    if (!mode.isMissingNode() && (mode.asLong(0) < 0 || mode.asLong(0) > 0777)) {
      checks.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }

  private static void items(JsonNode items, Path path, Checks checks) {
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      if (item.path("key").asString("").isEmpty()) {
        checks.required(path.at(i).child("key"), "");
      }
      relative(item.path("path").asString(""), path.at(i).child("path"), checks);
      mode(item.path("mode"), path.at(i).child("mode"), checks);
    }
  }

  private static void downward(JsonNode items, Path path, Checks checks) {
    for (int i = 0; i < items.size(); i++) {
      relative(items.get(i).path("path").asString(""), path.at(i).child("path"), checks);
      mode(items.get(i).path("mode"), path.at(i).child("mode"), checks);
      JsonNode field = items.get(i).path("fieldRef");
      JsonNode resource = items.get(i).path("resourceFieldRef");
      if (field.isMissingNode() && resource.isMissingNode()) {
        checks.required(path.at(i), "one of fieldRef and resourceFieldRef is required");
      } else if (!field.isMissingNode() && !resource.isMissingNode()) {
        checks.invalid(
            path.at(i), "fieldRef and resourceFieldRef can not be specified simultaneously");
      }
      if (!resource.isMissingNode() && resource.path("containerName").asString("").isEmpty()) {
        checks.required(path.at(i).child("resourceFieldRef", "containerName"), "");
      }
      EnvRules.resourceFieldRef(resource, path.at(i).child("resourceFieldRef"), checks);
    }
  }

  private static void projected(JsonNode sources, Path path, Checks checks) {
    for (int i = 0; i < sources.size(); i++) {
      JsonNode source = sources.get(i);
      Path at = path.at(i);
      if (source.size() > 1) {
        checks.forbidden(at, "may not specify more than 1 volume type");
      } else if (source.isEmpty()) {
        checks.required(at, "must specify a volume type");
      }
      for (String type : List.of("configMap", "secret")) {
        if (source.has(type)) {
          named(source.path(type), "name", at.child(type), checks);
        }
        items(source.path(type).path("items"), at.child(type, "items"), checks);
      }
      downward(source.path("downwardAPI").path("items"), at.child("downwardAPI", "items"), checks);
      JsonNode token = source.path("serviceAccountToken");
      if (!token.isMissingNode()) {
        Path tokenPath = at.child("serviceAccountToken");
        JsonNode seconds = token.path("expirationSeconds");
        if (!seconds.isMissingNode() && seconds.asLong(0) < 600) {
          checks.invalid(
              tokenPath.child("expirationSeconds"),
              seconds,
              "may not specify a duration less than 10 minutes");
        }
        relative(token.path("path").asString(""), tokenPath.child("path"), checks);
      }
    }
    CertificateSources.validate(sources, path, checks);
  }

  static void relative(String text, Path path, Checks checks) {
    if (text.isEmpty()) {
      checks.required(path, "");
      return;
    }
    if (text.startsWith("/")) {
      checks.invalid(path, text, "must be a relative path");
    }
    VolumeSourceRules.noBackSteps(text, path, checks);
  }

  static void mounts(JsonNode container, Path path, Set<String> volumes, Checks checks) {
    JsonNode mounts = container.path("volumeMounts");
    Set<String> places = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.get(i);
      Path at = path.child("volumeMounts").at(i);
      String name = mount.path("name").asString("");
      if (name.isEmpty()) {
        checks.required(at.child("name"), "");
      } else if (!volumes.contains(name)) {
        checks.notFound(at.child("name"), name);
      }
      String place = mount.path("mountPath").asString("");
      if (place.isEmpty()) {
        checks.required(at.child("mountPath"), "");
      } else if (!places.add(place)) {
        checks.invalid(at.child("mountPath"), place, "must be unique");
      }
      mount(mount, container, at, checks);
    }
  }

  private static void mount(JsonNode mount, JsonNode container, Path path, Checks checks) {
    String subPath = mount.path("subPath").asString("");
    String expression = mount.path("subPathExpr").asString("");
    if (!subPath.isEmpty() && !expression.isEmpty()) {
      checks.invalid(
          path.child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
    }
    for (String field : List.of("subPath", "subPathExpr")) {
      String text = mount.path(field).asString("");
      if (!text.isEmpty()) {
        relative(text, path.child(field), checks);
      }
    }
    String propagation = mount.path("mountPropagation").asString("");
    if (propagation.isEmpty()) {
      return;
    }
    if (!PROPAGATION.contains(propagation)) {
      checks.notSupported(path.child("mountPropagation"), propagation, PROPAGATION);
    }
    boolean privileged = container.path("securityContext").path("privileged").asBoolean(false);
    if (propagation.equals("Bidirectional") && !privileged) {
      checks.forbidden(
          path.child("mountPropagation"),
          "Bidirectional mount propagation is available only to privileged containers");
    }
  }
}
