package dev.argosy.controllers.csi.provision;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a StorageClass says to a driver, and to those who ask it.
 *
 * @param name of the class
 * @param own parameters that are the driver's
 * @param meant those that are not: their names begin with {@code csi.storage.k8s.io/}
 * @see <a href="https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html">
 *     StorageClass secrets</a>
 */
record ClassParameters(
    String name,
    String provisioner,
    String reclaim,
    boolean waits,
    ObjectNode own,
    ObjectNode meant,
    JsonNode mountOptions,
    JsonNode topologies) {

  private static final String PREFIX = "csi.storage.k8s.io/";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  static ClassParameters of(ApiObject object) {
    JsonNode tree = object.content();
    ObjectNode own = Json.object();
    ObjectNode meant = Json.object();
    tree.path("parameters")
        .forEachEntry((name, value) -> {
          if (name.startsWith(PREFIX)) {
            meant.put(name.substring(PREFIX.length()), value.asString(""));
          } else {
            own.put(name, value.asString(""));
          }
        });
    return new ClassParameters(
        object.name(),
        tree.path("provisioner").asString(""),
        tree.path("reclaimPolicy").asString("Delete"),
        tree.path("volumeBindingMode").asString("").equals("WaitForFirstConsumer"),
        own,
        meant,
        tree.path("mountOptions"),
        tree.path("allowedTopologies"));
  }

  String fsType() {
    return meant.path("fstype").asString("");
  }

  /**
   * A secret that it names for a purpose, such as {@code provisioner}, as a reference; empty if it
   * names none.
   *
   * @throws dev.argosy.model.status.StatusException if it names half of one, or by a variable that
   *     there is not
   */
  ObjectNode secret(String purpose, ApiObject claim, String volume) {
    String name = meant.path(purpose + "-secret-name").asString("");
    String namespace = meant.path(purpose + "-secret-namespace").asString("");
    if (name.isEmpty() && namespace.isEmpty()) {
      return Json.object();
    }
    if (name.isEmpty() || namespace.isEmpty()) {
      throw bad(
          "StorageClass %s names a secret by %s%s-secret-name and -secret-namespace: give both"
              .formatted(this.name, PREFIX, purpose));
    }
    return Json.object()
        .put("name", filled(name, claim, volume))
        .put("namespace", filled(namespace, claim, volume));
  }

  private static String filled(String template, ApiObject claim, String volume) {
    Matcher matcher = VARIABLE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(value(matcher.group(1), claim, volume)));
    }
    return matcher.appendTail(filled).toString();
  }

  private static String value(String variable, ApiObject claim, String volume) {
    String annotation = "pvc.annotations['";
    return switch (variable) {
      case "pv.name" -> volume;
      case "pvc.name" -> claim.name();
      case "pvc.namespace" -> claim.namespace();
      default -> {
        if (!variable.startsWith(annotation) || !variable.endsWith("']")) {
          throw bad("error resolving value \"${" + variable + "}\": there is no such variable");
        }
        String key = variable.substring(annotation.length(), variable.length() - 2);
        yield claim.meta().annotations().getOrDefault(key, "");
      }
    };
  }

  private static RuntimeException bad(String message) {
    return Status.of(Reason.BAD_REQUEST, message).asException();
  }
}
