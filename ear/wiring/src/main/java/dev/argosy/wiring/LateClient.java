package dev.argosy.wiring;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client for those parts of the API server that themselves call the API (streaming looks up
 * pods): they must exist before it does. Refuses with ServiceUnavailable until the real one is
 * there.
 */
final class LateClient implements ApiClient {

  private volatile @Nullable ApiClient client;

  void arrive(ApiClient real) {
    client = real;
  }

  private ApiClient real() {
    ApiClient real = client;
    if (real == null) {
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the API server is starting").asException();
    }
    return real;
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    return real().get(key);
  }

  @Override
  public ApiResult<ObjectNode> get(ObjectKey key, String subresource) {
    return real().get(key, subresource);
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    return real().list(scope, options);
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    return real().watch(scope, options);
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    return real().create(scope, object);
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    return real().update(key, subresource, object);
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    return real().patch(key, subresource, patch);
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    return real().delete(key, options);
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    return real().post(key, subresource, body);
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    return real().review(scope, body);
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    return real().log(pod, query);
  }

  @Override
  public ApiResult<InputStream> read(String cluster, String path, Map<String, String> query) {
    return real().read(cluster, path, query);
  }
}
