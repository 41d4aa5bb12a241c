package dev.argosy.server.list;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a page ended. On the wire it is what Kubernetes sends: base64url of a small JSON object
 * with version, revision and the last key; clients treat it as opaque.
 *
 * @param revision the revision of the first page; {@link #NOW} to go on with the present state
 * @param cluster where the last object is kept
 */
record ContinueToken(long revision, String cluster, String namespace, String name) {

  static final long NOW = -1;
  private static final String VERSION = "meta.k8s.io/v1";

  static ContinueToken after(long revision, ObjectKey last) {
    return new ContinueToken(revision, last.cluster(), last.namespace(), last.name());
  }

  /**
   * Reads a token.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest if it is none
   */
  static ContinueToken decode(String text) {
    try {
      JsonNode json = Json.mapper().readTree(Base64.getUrlDecoder().decode(text));
      String start = json.path("start").asString("");
      String[] key = start.split("/", -1);
      if (!json.path("v").asString("").equals(VERSION)
          || !json.path("rv").isIntegralNumber()
          || key.length != 3
          || !key[2].endsWith("\0")
          || key[0].isEmpty()
          || key[2].length() < 2) {
        throw invalid();
      }
      String name = key[2].substring(0, key[2].length() - 1);
      return new ContinueToken(json.path("rv").asLong(), key[0], key[1], name);
    } catch (IllegalArgumentException | JacksonException e) {
      throw invalid();
    }
  }

  private static RuntimeException invalid() {
    return Status.badRequest("continue key is not valid").asException();
  }

  String encode() {
    byte[] json =
        Json.mapper()
            .writeValueAsBytes(
                Json.object()
                    .put("v", VERSION)
                    .put("rv", revision)
                    .put("start", cluster + "/" + namespace + "/" + name + "\0"));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /** The same place, in the present state. */
  ContinueToken now() {
    return new ContinueToken(NOW, cluster, namespace, name);
  }

  /** The key to go on behind; BadRequest if the token is of another collection. */
  ObjectKey key(View view) {
    GroupResource resource = view.kind().storage();
    boolean fits =
        (view.allClusters() || view.cluster().equals(cluster))
            && (view.namespace().isEmpty() || view.namespace().equals(namespace));
    if (!fits) {
      throw invalid();
    }
    return new ObjectKey(resource, cluster, namespace, name);
  }
}
