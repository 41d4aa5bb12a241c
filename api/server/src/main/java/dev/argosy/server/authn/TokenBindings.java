package dev.argosy.server.authn;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ObjectLookup;
import dev.argosy.server.list.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a token is to live and die with, as claims. */
final class TokenBindings {

  private final ObjectLookup objects;
  private final ClusterDirectory clusters;

  TokenBindings(ObjectLookup objects, ClusterDirectory clusters) {
    this.objects = objects;
    this.clusters = clusters;
  }

  static Map<String, Object> ref(ApiObject object) {
    Map<String, Object> ref = new LinkedHashMap<>();
    ref.put("name", object.name());
    ref.put("uid", object.meta().uid());
    return ref;
  }

  /**
   * The claims for a {@code boundObjectRef}; none if it is absent.
   *
   * @throws StatusException if the object is not there, is another one, or cannot be bound to
   */
  Map<String, Object> claims(ApiObject account, JsonNode wanted) {
    if (!wanted.isObject()) {
      return Map.of();
    }
    String version = wanted.path("apiVersion").asString("");
    String kind = wanted.path("kind").asString("");
    return switch (version.indexOf('/') < 0 ? kind : "") {
      case "Pod" -> pod(account, wanted);
      case "Secret" -> Map.of("secret", ref(bound(account, ServiceAccountNames.SECRETS, wanted)));
      case "Node" -> Map.of("node", ref(bound(account, ServiceAccountNames.NODES, wanted)));
      default ->
          throw new StatusException(
              Status.badRequest(
                  "cannot bind token to object of type "
                      + (version.indexOf('/') < 0 ? "/" + version : version)
                      + ", Kind="
                      + kind));
    };
  }

  private Map<String, Object> pod(ApiObject account, JsonNode wanted) {
    ApiObject pod = bound(account, ServiceAccountNames.PODS, wanted);
    JsonNode spec = pod.tree().path("spec");
    if (!spec.path("serviceAccountName").asString("").equals(account.name())) {
      throw new StatusException(
          Status.badRequest(
              "cannot bind token for serviceaccount \""
                  + account.name()
                  + "\" to pod running with different serviceaccount name."));
    }
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("pod", ref(pod));
    String nodeName = spec.path("nodeName").asString("");
    if (!nodeName.isEmpty()) {
      claims.put("node", node(nodeName).map(TokenBindings::ref).orElse(Map.of("name", nodeName)));
    }
    return claims;
  }

  private Optional<ApiObject> node(String name) {
    return objects.find(new ObjectKey(ServiceAccountNames.NODES, ClusterDirectory.ROOT, "", name));
  }

  /** A tenant does not learn of nodes that are none of its own. */
  private boolean shown(String cluster, ApiObject node) {
    return clusters.find(cluster).filter(known -> View.shows(known, node)).isPresent();
  }

  private ApiObject bound(ApiObject account, GroupResource resource, JsonNode wanted) {
    String name = wanted.path("name").asString("");
    if (name.isEmpty()) {
      throw new StatusException(Status.badRequest("Name parameter required."));
    }
    Optional<ApiObject> found =
        resource.equals(ServiceAccountNames.NODES)
            ? node(name).filter(node -> shown(account.cluster(), node))
            : objects.find(new ObjectKey(resource, account.cluster(), account.namespace(), name));
    ApiObject object =
        found.orElseThrow(() -> new StatusException(Status.notFound(resource, name)));
    String uid = wanted.path("uid").asString("");
    if (!uid.isEmpty() && !uid.equals(object.meta().uid())) {
      throw new StatusException(
          Status.conflict(
              new GroupResource("", wanted.path("kind").asString("")),
              name,
              "the UID in the bound object reference ("
                  + uid
                  + ") does not match the UID in record. The object might have been deleted and"
                  + " then recreated"));
    }
    return object;
  }
}
