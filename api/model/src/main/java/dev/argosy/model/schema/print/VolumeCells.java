package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of persistent volumes and of claims for them. */
final class VolumeCells {

  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final List<String> ORDER =
      List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");
  private static final Map<String, String> SHORT =
      Map.of(
          "ReadWriteOnce", "RWO",
          "ReadOnlyMany", "ROX",
          "ReadWriteMany", "RWX",
          "ReadWriteOncePod", "RWOP");

  private VolumeCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "status" -> (volume, now) -> status(volume);
      case "class" -> (volume, now) -> storageClass(volume);
      case "modes" -> (volume, now) -> modes(volume.path("spec").path("accessModes"));
      case "claim" -> (volume, now) -> claim(volume.path("spec").path("claimRef"));
      case "bound-modes" ->
          (claim, now) -> bound(claim) ? modes(claim.path("status").path("accessModes")) : "";
      case "bound-capacity" ->
          (claim, now) ->
              bound(claim)
                  ? claim.path("status").path("capacity").path("storage").asString("0")
                  : "";
      default -> throw new IllegalArgumentException("columns.tsv: volume " + word);
    };
  }

  private static String status(ObjectNode volume) {
    boolean deleting = volume.path("metadata").has("deletionTimestamp");
    return deleting ? "Terminating" : volume.path("status").path("phase").asString("");
  }

  private static String storageClass(ObjectNode volume) {
    JsonNode old = volume.path("metadata").path("annotations").path(OLD_CLASS);
    return old.isString()
        ? old.stringValue()
        : volume.path("spec").path("storageClassName").asString("");
  }

  private static boolean bound(ObjectNode claim) {
    return !claim.path("spec").path("volumeName").asString("").isEmpty();
  }

  private static String modes(JsonNode modes) {
    List<String> given = new ArrayList<>();
    modes.forEach(mode -> given.add(mode.asString("")));
    return String.join(
        ",", ORDER.stream().filter(given::contains).map(m -> SHORT.getOrDefault(m, m)).toList());
  }

  private static String claim(JsonNode reference) {
    return reference.isMissingNode()
        ? ""
        : reference.path("namespace").asString("") + "/" + reference.path("name").asString("");
  }
}
