package dev.argosy.console.session;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the user may do now, as the API itself says it (SelfSubjectAccessReview). Where it cannot be
 * asked the answer is yes: the API refuses what is not allowed in any case.
 */
public final class Rights {

  private static final GroupResource REVIEWS =
      new GroupResource("authorization.k8s.io", "selfsubjectaccessreviews");

  private final ApiClient api;

  Rights(ApiClient api) {
    this.api = api;
  }

  /** About all objects of a kind in a cluster or namespace; creating one is asked like this. */
  public Permission may(String verb, ResourceScope scope) {
    return may(verb, scope, "", "");
  }

  /** About an object. */
  public Permission may(String verb, ObjectKey key) {
    return may(verb, key, "");
  }

  /** About a part of an object. */
  public Permission may(String verb, ObjectKey key, String subresource) {
    ResourceScope scope = ResourceScope.namespace(key.resource(), key.cluster(), key.namespace());
    return may(verb, scope, key.name(), subresource);
  }

  /** About a part of all objects of a kind, or with a name of one. */
  public Permission may(String verb, ResourceScope scope, String name, String subresource) {
    ObjectNode review = review();
    ObjectNode asked = review.putObject("spec").putObject("resourceAttributes");
    asked.put("verb", verb).put("group", scope.resource().group());
    asked.put("resource", scope.resource().resource()).put("subresource", subresource);
    asked.put("namespace", scope.namespace()).put("name", name);
    String what = scope.resource().resource() + (subresource.isEmpty() ? "" : "/" + subresource);
    return answer(scope.cluster(), review, "You may not " + verb + " " + what);
  }

  /** About a path that is no resource, such as {@code /usage}. */
  public Permission mayGet(String cluster, String path) {
    ObjectNode review = review();
    review
        .putObject("spec")
        .putObject("nonResourceAttributes")
        .put("verb", "get")
        .put("path", path);
    return answer(cluster, review, "You may not read " + path);
  }

  private static ObjectNode review() {
    ObjectNode review = Json.object();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    return review;
  }

  private Permission answer(String cluster, ObjectNode review, String refusal) {
    return switch (api.review(ResourceScope.cluster(REVIEWS, cluster), review)) {
      case ApiResult.Ok<ObjectNode>(ObjectNode answer)
          when !answer.path("status").path("allowed").asBoolean(false) ->
          Permission.denied(refusal + " in “" + cluster + "”. Ask its administrators.");
      case ApiResult.Ok<ObjectNode> allowed -> Permission.GIVEN;
      case ApiResult.Refused<ObjectNode> unknown -> Permission.GIVEN;
    };
  }
}
