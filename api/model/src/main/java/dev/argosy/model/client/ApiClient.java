package dev.argosy.model.client;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.InputStream;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Kubernetes API, as one identity sees it. Every call passes the same access, admission and
 * validation as a request from outside. Versions are the preferred ones of each resource.
 *
 * <p>Trees passed in may be kept by the callee; give it its own. A subresource is its name, for
 * example {@code status}; the empty string is the object itself.
 */
public interface ApiClient {

  ApiResult<ApiObject> get(ObjectKey key);

  /** What a subresource shows when it is read, for example {@code scale}. */
  ApiResult<ObjectNode> get(ObjectKey key, String subresource);

  ApiResult<ObjectList> list(ResourceScope scope, ListOptions options);

  ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options);

  /**
   * Creates the object in the scope's cluster and namespace; name or generateName is in its
   * metadata.
   */
  ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object);

  /**
   * What {@link #create} would answer, without creating anything (a dry run). Refused with
   * MethodNotAllowed by clients that cannot ask that.
   */
  default ApiResult<ApiObject> tryCreate(ResourceScope scope, ObjectNode object) {
    return new ApiResult.Refused<>(
        Status.of(Reason.METHOD_NOT_ALLOWED, "this client has no dry run"));
  }

  /** Replaces the object, or the part of it that the subresource stands for. */
  ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object);

  ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch);

  /** Asks for deletion; answers the last state, which may linger until finalizers are gone. */
  ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options);

  /** Posts to a subresource, for example {@code binding}, {@code eviction}, {@code token}. */
  ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body);

  /** Posts a review (for example a SelfSubjectAccessReview), answers it filled in. */
  ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body);

  /**
   * A container's log.
   *
   * @param pod the pod
   * @param query parameters as of the API: {@code container}, {@code follow}, {@code tailLines}…
   */
  ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query);

  /**
   * What is answered to a get of a path that is no resource, such as {@code /usage}, or of one that
   * an API server of the cluster's own serves, such as those of custom metrics; the caller closes
   * it.
   *
   * @param path without the cluster's prefix, escaped as in a URL
   * @param query parameters as of the API
   */
  ApiResult<InputStream> read(String cluster, String path, Map<String, String> query);

  default ApiResult<ApiObject> update(ObjectKey key, ObjectNode object) {
    return update(key, "", object);
  }

  default ApiResult<ApiObject> updateStatus(ObjectKey key, ObjectNode object) {
    return update(key, "status", object);
  }
}
