package dev.argosy.server.admission;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which other objects a pod's spec depends on. */
final class PodReferences {

  private static final Map<String, String> OF_VOLUMES =
      Map.of(
          "configMap", "configmaps (via configmap volumes)",
          "secret", "secrets (via secret volumes)",
          "csi", "csidrivers (via CSI volumes)",
          "glusterfs", "endpoints (via glusterFS volumes)",
          "persistentVolumeClaim", "persistentvolumeclaims",
          "ephemeral", "persistentvolumeclaims (via ephemeral volumes)",
          "azureFile", "secrets (via azureFile volumes)");

  private static final Map<String, String> OF_PROJECTIONS =
      Map.of(
          "configMap", "configmaps (via projected volumes)",
          "secret", "secrets (via projected volumes)",
          "serviceAccountToken", "serviceaccounts (via projected volumes)",
          "clusterTrustBundle", "clustertrustbundles",
          "podCertificate", "podcertificates");

  private PodReferences() {}

  /** The first kind of object that the spec refers to, as a refusal names it; empty if none. */
  static String first(JsonNode spec) {
    if (!spec.path("serviceAccountName").asString("").isEmpty()) {
      return "serviceaccounts";
    }
    if (!spec.path("imagePullSecrets").isEmpty()
        || inContainers(spec, "secretKeyRef", "secretRef")) {
      return "secrets";
    }
    if (inContainers(spec, "configMapKeyRef", "configMapRef")) {
      return "configmaps";
    }
    if (!spec.path("resourceClaims").isEmpty()) {
      return "resourceclaims";
    }
    for (JsonNode volume : spec.path("volumes")) {
      String found = named(volume, OF_VOLUMES);
      for (JsonNode source : volume.path("projected").path("sources")) {
        found = found.isEmpty() ? named(source, OF_PROJECTIONS) : found;
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  private static String named(JsonNode source, Map<String, String> names) {
    for (String member : source.propertyNames()) {
      if (names.containsKey(member)) {
        return names.getOrDefault(member, "");
      }
    }
    return "";
  }

  private static boolean inContainers(JsonNode spec, String key, String all) {
    for (String list : new String[] {"containers", "initContainers", "ephemeralContainers"}) {
      for (JsonNode container : spec.path(list)) {
        for (JsonNode variable : container.path("env")) {
          if (variable.path("valueFrom").has(key)) {
            return true;
          }
        }
        for (JsonNode from : container.path("envFrom")) {
          if (from.has(all)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Whether the pod mounts a token for an audience.
   *
   * @param audience empty for the API's own
   */
  static boolean mountsToken(JsonNode spec, String audience) {
    for (JsonNode volume : spec.path("volumes")) {
      for (JsonNode source : volume.path("projected").path("sources")) {
        JsonNode token = source.path("serviceAccountToken");
        if (token.isObject() && token.path("audience").asString("").equals(audience)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the pod mounts a certificate of its own of that signer. */
  static boolean mountsCertificate(JsonNode spec, String signer) {
    for (JsonNode volume : spec.path("volumes")) {
      for (JsonNode source : volume.path("projected").path("sources")) {
        JsonNode certificate = source.path("podCertificate");
        if (certificate.isObject() && certificate.path("signerName").asString("").equals(signer)) {
          return true;
        }
      }
    }
    return false;
  }
}
