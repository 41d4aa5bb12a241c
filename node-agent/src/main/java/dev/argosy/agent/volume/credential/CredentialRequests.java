package dev.argosy.agent.volume.credential;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the API for certificates of pods. Without state. */
final class CredentialRequests {

  private static final GroupResource REQUESTS =
      new GroupResource("certificates.k8s.io", "podcertificaterequests");
  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource NODES = new GroupResource("", "nodes");

  private final ApiClient api;

  CredentialRequests(ApiClient api) {
    this.api = api;
  }

  /**
   * Makes a request.
   *
   * @return its name
   */
  String make(PodView pod, JsonNode projection, PublicKey key, byte[] proof) throws ConfigFailure {
    ObjectNode request = Json.object();
    request.put("apiVersion", "certificates.k8s.io/v1beta1").put("kind", "PodCertificateRequest");
    request
        .putObject("metadata")
        .put("generateName", "req-")
        .put("namespace", pod.key().namespace())
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", pod.key().name())
        .put("uid", pod.uid());
    ObjectNode spec = request.putObject("spec");
    spec.put("signerName", projection.path("signerName").asString(""));
    who(pod, spec);
    JsonNode seconds = projection.path("maxExpirationSeconds");
    if (seconds.isNumber()) {
      spec.put("maxExpirationSeconds", seconds.asInt());
    }
    spec.put("pkixPublicKey", Base64.getEncoder().encodeToString(key.getEncoded()));
    spec.put("proofOfPossession", Base64.getEncoder().encodeToString(proof));
    if (!projection.path("userAnnotations").isEmpty()) {
      spec.set("unverifiedUserAnnotations", projection.path("userAnnotations").deepCopy());
    }
    ResourceScope scope =
        ResourceScope.namespace(REQUESTS, pod.key().cluster(), pod.key().namespace());
    return switch (api.create(scope, request)) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> made.name();
      case ApiResult.Refused<ApiObject>(Status s) ->
          throw new ConfigFailure("failed to create PodCertificateRequest: " + s.message());
    };
  }

  private void who(PodView pod, ObjectNode spec) throws ConfigFailure {
    String account = pod.spec().path("serviceAccountName").asString("default");
    String node = pod.spec().path("nodeName").asString("");
    ObjectKey ofAccount =
        new ObjectKey(ACCOUNTS, pod.key().cluster(), pod.key().namespace(), account);
    spec.put("podName", pod.key().name()).put("podUID", pod.uid());
    spec.put("serviceAccountName", account).put("serviceAccountUID", uid(ofAccount));
    spec.put("nodeName", node);
    spec.put("nodeUID", uid(new ObjectKey(NODES, "root", "", node)));
  }

  private String uid(ObjectKey key) throws ConfigFailure {
    return switch (api.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> object.meta().uid();
      case ApiResult.Refused<ApiObject>(Status s) -> throw new ConfigFailure(s.message());
    };
  }

  /** A request's status; empty if it is gone. */
  Optional<JsonNode> status(PodView pod, String name) throws ConfigFailure {
    ObjectKey key = new ObjectKey(REQUESTS, pod.key().cluster(), pod.key().namespace(), name);
    return switch (api.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> Optional.of(object.tree().path("status"));
      case ApiResult.Refused<ApiObject>(Status s) when s.reason() == Reason.NOT_FOUND ->
          Optional.empty();
      case ApiResult.Refused<ApiObject>(Status s) -> throw new ConfigFailure(s.message());
    };
  }
}
