package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a pod's spec names; read once for each revision of the pod.
 *
 * @param node empty while it has none
 * @param configMaps those it mounts or reads
 * @param secrets those it mounts, reads or pulls images with
 * @param claims its volume claims, those made for it included
 */
record PodContent(
    String node, String account, Set<String> configMaps, Set<String> secrets, Set<String> claims) {

  private static final Object MAKER = new Object();

  PodContent {
    configMaps = Set.copyOf(configMaps);
    secrets = Set.copyOf(secrets);
    claims = Set.copyOf(claims);
  }

  static PodContent of(ApiObject pod) {
    return pod.derived(PodContent.class, MAKER, PodContent::read);
  }

  private static PodContent read(ApiObject pod) {
    JsonNode spec = pod.content().path("spec");
    Set<String> configMaps = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    Set<String> claims = new HashSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      put(configMaps, volume.path("configMap").path("name"));
      put(secrets, volume.path("secret").path("secretName"));
      put(secrets, volume.path("csi").path("nodePublishSecretRef").path("name"));
      put(claims, volume.path("persistentVolumeClaim").path("claimName"));
      if (volume.path("ephemeral").isObject()) {
        claims.add(pod.name() + "-" + volume.path("name").asString(""));
      }
      for (JsonNode projected : volume.path("projected").path("sources")) {
        put(configMaps, projected.path("configMap").path("name"));
        put(secrets, projected.path("secret").path("name"));
      }
    }
    spec.path("imagePullSecrets").forEach(secret -> put(secrets, secret.path("name")));
    for (String kind : new String[] {"containers", "initContainers", "ephemeralContainers"}) {
      spec.path(kind).forEach(container -> environment(container, configMaps, secrets));
    }
    return new PodContent(
        spec.path("nodeName").asString(""),
        spec.path("serviceAccountName").asString(""),
        configMaps,
        secrets,
        claims);
  }

  private static void environment(JsonNode container, Set<String> configMaps, Set<String> secrets) {
    for (JsonNode variable : container.path("env")) {
      put(configMaps, variable.path("valueFrom").path("configMapKeyRef").path("name"));
      put(secrets, variable.path("valueFrom").path("secretKeyRef").path("name"));
    }
    for (JsonNode from : container.path("envFrom")) {
      put(configMaps, from.path("configMapRef").path("name"));
      put(secrets, from.path("secretRef").path("name"));
    }
  }

  private static void put(Set<String> names, JsonNode name) {
    String text = name.asString("");
    if (!text.isEmpty()) {
      names.add(text);
    }
  }

  /**
   * Whether the pod needs an object of its namespace.
   *
   * @param resource serviceaccounts, configmaps, secrets or persistentvolumeclaims
   */
  boolean uses(String resource, String name) {
    return switch (resource) {
      case "serviceaccounts" -> account.equals(name);
      case "configmaps" -> configMaps.contains(name);
      case "secrets" -> secrets.contains(name);
      case "persistentvolumeclaims" -> claims.contains(name);
      default -> false;
    };
  }
}
