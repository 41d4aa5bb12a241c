package dev.argosy.server.discovery;

import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/** The level of the Kubernetes API that is served, as {@code /version} tells it. */
final class ServerVersion {

  static final String MAJOR = "1";
  static final String MINOR = "35";

  private ServerVersion() {}

  static ObjectNode document() {
    return Json.object()
        .put("major", MAJOR)
        .put("minor", MINOR)
        .put("emulationMajor", MAJOR)
        .put("emulationMinor", MINOR)
        .put("minCompatibilityMajor", MAJOR)
        .put("minCompatibilityMinor", "34")
        .put("gitVersion", "v" + MAJOR + "." + MINOR + ".0+argosy")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "none")
        .put("compiler", "javac")
        .put("platform", "linux/amd64");
  }
}
