package dev.argosy.server.list;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a page ended. On the wire it is what Kubernetes sends: base64url of a small JSON object
 * with version, revision and the last key (namespace and name; over all clusters the cluster before
 * them); clients treat it as opaque.
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
   * @throws dev.argosy.model.status.StatusException BadRequest if it is none, or one of another
   *     collection
   */
  static ContinueToken decode(String text, View view) {
    try {
      JsonNode json = Json.mapper().readTree(Base64.getUrlDecoder().decode(text));
      long revision = json.path("rv").asLong(0);
      String start = json.path("start").asString("");
      if (!json.path("v").asString("").equals(VERSION)
          || !json.path("rv").isIntegralNumber()
          || revision == 0
          || revision < NOW
          || !start.endsWith("\0")) {
        throw invalid();
      }
      return at(revision, start.substring(0, start.length() - 1), view);
    } catch (IllegalArgumentException | JacksonException e) {
      throw invalid();
    }
  }

  private static ContinueToken at(long revision, String start, View view) {
    List<String> parts = List.of(start.split("/", -1));
    boolean namespaced = view.kind().type().namespaced();
    int wanted = 1 + (namespaced ? 1 : 0) + (view.allClusters() ? 1 : 0);
    if (parts.size() != wanted || parts.getLast().isEmpty() || parts.getFirst().isEmpty()) {
      throw invalid();
    }
    String cluster = view.allClusters() ? parts.getFirst() : view.cluster();
    String namespace = namespaced ? parts.get(wanted - 2) : "";
    return new ContinueToken(revision, cluster, namespace, parts.getLast());
  }

  private static RuntimeException invalid() {
    return Status.badRequest("continue key is not valid").asException();
  }

  /** The token as a client of that view gets it. */
  String encode(View view) {
    String inCluster = view.kind().type().namespaced() ? namespace + "/" + name : name;
    String start = view.allClusters() ? cluster + "/" + inCluster : inCluster;
    ObjectNode json =
        Json.object().put("v", VERSION).put("rv", revision).put("start", start + "\0");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.mapper().writeValueAsBytes(json));
  }

  /** The same place, in the present state. */
  ContinueToken now() {
    return new ContinueToken(NOW, cluster, namespace, name);
  }

  /** The key to go on behind; BadRequest if the token is of another namespace. */
  ObjectKey key(View view) {
    if (!view.namespace().isEmpty() && !view.namespace().equals(namespace)) {
      throw invalid();
    }
    return new ObjectKey(view.kind().storage(), cluster, namespace, name);
  }
}
