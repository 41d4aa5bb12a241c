package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Volumes of a pod that are devices in its containers. */
final class DeviceRules {

  private DeviceRules() {}

  /** The names of the volumes that can be: those of claims. */
  static Set<String> claims(JsonNode volumes) {
    Set<String> names = new HashSet<>();
    for (JsonNode volume : volumes) {
      if (volume.has("persistentVolumeClaim") || volume.has("ephemeral")) {
        names.add(volume.path("name").asString(""));
      }
    }
    return names;
  }

  /** Checks {@code volumeDevices} of a container, and its mounts against them. */
  static void devices(
      JsonNode container, Path path, Set<String> volumes, Set<String> claims, Checks checks) {
    JsonNode mounts = container.path("volumeMounts");
    JsonNode devices = container.path("volumeDevices");
    Set<String> names = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (int i = 0; i < devices.size(); i++) {
      Path at = path.child("volumeDevices").at(i);
      String name = devices.get(i).path("name").asString("");
      name(name, at.child("name"), names, volumes, claims, checks);
      absent(
          mounts, "name", name, at.child("name"), "must not already exist in volumeMounts", checks);
      String place = devices.get(i).path("devicePath").asString("");
      place(place, at.child("devicePath"), places, checks);
      absent(
          mounts,
          "mountPath",
          place,
          at.child("devicePath"),
          "must not already exist as a path in volumeMounts",
          checks);
    }
    for (int i = 0; i < mounts.size(); i++) {
      Path at = path.child("volumeMounts").at(i);
      String name = mounts.get(i).path("name").asString("");
      absent(
          devices,
          "name",
          name,
          at.child("name"),
          "must not already exist in volumeDevices",
          checks);
      String place = mounts.get(i).path("mountPath").asString("");
      absent(
          devices,
          "devicePath",
          place,
          at.child("mountPath"),
          "must not already exist as a path in volumeDevices",
          checks);
    }
  }

  private static void name(
      String name,
      Path path,
      Set<String> names,
      Set<String> volumes,
      Set<String> claims,
      Checks checks) {
    if (name.isEmpty()) {
      checks.required(path, "");
      return;
    }
    if (!names.add(name)) {
      checks.invalid(path, name, "must be unique");
    }
    if (!volumes.contains(name)) {
      checks.notFound(path, name);
    } else if (!claims.contains(name)) {
      checks.invalid(
          path,
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
  }

  private static void place(String place, Path path, Set<String> places, Checks checks) {
    if (place.isEmpty()) {
      checks.required(path, "");
      return;
    }
    if (!places.add(place)) {
      checks.invalid(path, place, "must be unique");
    }
    VolumeSourceRules.noBackSteps(place, path, checks);
  }

  private static void absent(
      JsonNode list, String field, String value, Path path, String message, Checks checks) {
    for (JsonNode one : list) {
      if (!value.isEmpty() && one.path(field).asString("").equals(value)) {
        checks.invalid(path, value, message);
        return;
      }
    }
  }
}
