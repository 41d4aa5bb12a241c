package dev.argosy.model.schema.first;

import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every namespace begins with, as it is sent to the API. Controllers make it where it is
 * missing; a cluster's own namespaces are born with it.
 */
public final class FirstOfNamespace {

  /** The service account that pods have if they name none. */
  public static final String ACCOUNT = "default";

  /** The config map from which pods know whom to trust as the API (KEP-1205). */
  public static final String ROOT_CA = "kube-root-ca.crt";

  private FirstOfNamespace() {}

  public static ObjectNode account(String namespace) {
    return named("ServiceAccount", namespace, ACCOUNT);
  }

  /**
   * The config map.
   *
   * @param caPem certificates
   */
  public static ObjectNode rootCa(String namespace, String caPem) {
    ObjectNode map = named("ConfigMap", namespace, ROOT_CA);
    map.withObject("metadata")
        .putObject("annotations")
        .put(
            "kubernetes.io/description",
            "Contains a CA bundle that can be used to verify the API server's certificate.");
    return trusting(map, caPem);
  }

  /** The same config map with these certificates and nothing else. */
  public static ObjectNode trusting(ObjectNode map, String caPem) {
    map.remove("binaryData");
    map.putObject("data").put("ca.crt", caPem);
    return map;
  }

  private static ObjectNode named(String kind, String namespace, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name).put("namespace", namespace);
    return object;
  }
}
