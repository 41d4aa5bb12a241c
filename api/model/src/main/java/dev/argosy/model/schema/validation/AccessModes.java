package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How volumes may be used, as volumes offer it and claims ask for it. */
final class AccessModes {

  private static final String ONE_POD = "ReadWriteOncePod";
  private static final List<String> MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", ONE_POD);
  private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

  private AccessModes() {}

  /**
   * Checks {@code accessModes}.
   *
   * @param spec where the field stands
   * @param missing what to say if there is none
   */
  static void validate(JsonNode modes, Path spec, String missing, Checks checks) {
    Path path = spec.child("accessModes");
    if (modes.isEmpty()) {
      checks.required(path, missing);
    }
    boolean onePod = false;
    boolean other = false;
    for (JsonNode element : modes) {
      String mode = element.asString("");
      if (!MODES.contains(mode)) {
        checks.notSupported(path, mode, MODES);
      }
      onePod |= mode.equals(ONE_POD);
      other |= MODES.contains(mode) && !mode.equals(ONE_POD);
    }
    if (onePod && other) {
      checks.forbidden(path, "may not use ReadWriteOncePod with other access modes");
    }
  }

  static void volumeMode(JsonNode mode, Path spec, Checks checks) {
    if (!mode.isMissingNode() && !VOLUME_MODES.contains(mode.asString(""))) {
      checks.notSupported(spec.child("volumeMode"), mode.asString(""), VOLUME_MODES);
    }
  }
}
