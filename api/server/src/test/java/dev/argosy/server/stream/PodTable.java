package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Pods to be read, nothing else. */
final class PodTable implements ApiClient {

  static final String CLUSTER = "acme";
  private static final GroupResource PODS = new GroupResource("", "pods");

  private final Map<ObjectKey, ApiObject> pods = new ConcurrentHashMap<>();

  /** A pod of the namespace {@code default}; the rest is JSON. */
  ApiObject put(String name, String spec, String status) {
    String json =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default",\
        "uid":"uid-%s","resourceVersion":"1"},"spec":%s,"status":%s}\
        """
            .formatted(name, name, spec, status);
    ObjectKey key = new ObjectKey(PODS, CLUSTER, "default", name);
    ApiObject pod = ApiObject.ofWire(key, 1, json.getBytes(UTF_8));
    pods.put(key, pod);
    return pod;
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    ApiObject pod = pods.get(key);
    return pod == null
        ? ApiResult.refused(Status.notFound(key.resource(), key.name()))
        : ApiResult.ok(pod);
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    throw new UnsupportedOperationException();
  }
}
