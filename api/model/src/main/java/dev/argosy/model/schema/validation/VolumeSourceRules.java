package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What volumes are made of: the fields that each type cannot be without. */
final class VolumeSourceRules {

  private static final List<String> HOST_TYPES =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");
  private static final Map<String, List<String>> NEEDED =
      Map.ofEntries(
          Map.entry("awsElasticBlockStore", List.of("volumeID")),
          Map.entry("azureDisk", List.of("diskName", "diskURI")),
          Map.entry("azureFile", List.of("secretName", "shareName")),
          Map.entry("cephfs", List.of("monitors")),
          Map.entry("cinder", List.of("volumeID")),
          Map.entry("csi", List.of("driver", "volumeHandle")),
          Map.entry("flexVolume", List.of("driver")),
          Map.entry("gcePersistentDisk", List.of("pdName")),
          Map.entry("glusterfs", List.of("endpoints", "path")),
          Map.entry("hostPath", List.of("path")),
          Map.entry("iscsi", List.of("targetPortal", "iqn")),
          Map.entry("local", List.of("path")),
          Map.entry("nfs", List.of("server", "path")),
          Map.entry("photonPersistentDisk", List.of("pdID")),
          Map.entry("portworxVolume", List.of("volumeID")),
          Map.entry("rbd", List.of("monitors", "image")),
          Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
          Map.entry("vsphereVolume", List.of("volumePath")));

  private VolumeSourceRules() {}

  /** Checks a source of that type. */
  static void validate(String type, JsonNode source, Path path, Checks checks) {
    for (String field : NEEDED.getOrDefault(type, List.of())) {
      JsonNode value = source.path(field);
      if (value.isArray() ? value.isEmpty() : value.asString("").isEmpty()) {
        checks.required(path.child(field), "");
      }
    }
    switch (type) {
      case "hostPath" -> {
        noBackSteps(source.path("path").asString(""), path.child("path"), checks);
        String kind = source.path("type").asString("");
        if (!HOST_TYPES.contains(kind)) {
          checks.notSupported(path.child("type"), kind, HOST_TYPES.subList(1, HOST_TYPES.size()));
        }
      }
      case "local" -> noBackSteps(source.path("path").asString(""), path.child("path"), checks);
      case "nfs" -> {
        String place = source.path("path").asString("");
        if (!place.isEmpty() && !place.startsWith("/")) {
          checks.invalid(path.child("path"), place, "must be an absolute path");
        }
      }
      default -> {}
    }
  }

  static void noBackSteps(String text, Path path, Checks checks) {
    if (text.contains("..") && List.of(text.split("/")).contains("..")) {
      checks.invalid(path, text, "must not contain '..'");
    }
  }
}
