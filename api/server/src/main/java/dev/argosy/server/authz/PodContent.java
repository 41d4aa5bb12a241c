package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a pod's spec names. */
final class PodContent {

  private PodContent() {}

  static String nodeOf(ApiObject pod) {
    return pod.tree().path("spec").path("nodeName").asString("");
  }

  static String accountOf(ApiObject pod) {
    return pod.tree().path("spec").path("serviceAccountName").asString("");
  }

  /**
   * Whether the pod mounts or reads the object.
   *
   * @param resource configmaps, secrets or persistentvolumeclaims
   */
  static boolean uses(ApiObject pod, String resource, String name) {
    JsonNode spec = pod.tree().path("spec");
    return switch (resource) {
      case "configmaps" ->
          volumes(spec, "configMap", "name", name)
              || environment(spec, "configMapKeyRef", "configMapRef", name);
      case "secrets" ->
          volumes(spec, "secret", "secretName", name)
              || named(spec.path("imagePullSecrets"), name)
              || environment(spec, "secretKeyRef", "secretRef", name);
      case "persistentvolumeclaims" -> claimsOf(pod).contains(name);
      default -> false;
    };
  }

  /** The names of its volume claims, those made for it included. */
  static List<String> claimsOf(ApiObject pod) {
    List<String> claims = new ArrayList<>();
    for (JsonNode volume : pod.tree().path("spec").path("volumes")) {
      JsonNode claim = volume.path("persistentVolumeClaim");
      if (claim.isObject()) {
        claims.add(claim.path("claimName").asString(""));
      } else if (volume.path("ephemeral").isObject()) {
        claims.add(pod.name() + "-" + volume.path("name").asString(""));
      }
    }
    return claims;
  }

  private static boolean volumes(JsonNode spec, String source, String member, String name) {
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.path(source).path(member).asString("").equals(name)) {
        return true;
      }
      for (JsonNode projected : volume.path("projected").path("sources")) {
        if (projected.path(source).path("name").asString("").equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean environment(JsonNode spec, String key, String all, String name) {
    for (String kind : new String[] {"containers", "initContainers", "ephemeralContainers"}) {
      for (JsonNode container : spec.path(kind)) {
        for (JsonNode variable : container.path("env")) {
          if (variable.path("valueFrom").path(key).path("name").asString("").equals(name)) {
            return true;
          }
        }
        for (JsonNode from : container.path("envFrom")) {
          if (from.path(all).path("name").asString("").equals(name)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean named(JsonNode references, String name) {
    for (JsonNode reference : references) {
      if (reference.path("name").asString("").equals(name)) {
        return true;
      }
    }
    return false;
  }
}
