package dev.argosy.bench.nodes;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.client.wire.WireObjects;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API over HTTP for what a simulator asks, which is always of version v1; other calls are
 * unsupported. Any thread may call; calls block.
 */
final class HttpApi implements ApiClient {

  private static final String JSON = "application/json";

  private final HttpExchange exchange;

  HttpApi(HttpExchange exchange) {
    this.exchange = exchange;
  }

  private static String path(ResourceScope scope) {
    GroupResource resource = scope.resource();
    String cluster = scope.allClusters() ? "*" : scope.cluster();
    String group = resource.group().isEmpty() ? "/api/v1" : "/apis/" + resource.group() + "/v1";
    String namespace = scope.namespace().isEmpty() ? "" : "/namespaces/" + scope.namespace();
    return "/clusters/" + cluster + group + namespace + "/" + resource.resource();
  }

  private static String path(ObjectKey key, String subresource) {
    String object =
        path(ResourceScope.namespace(key.resource(), key.cluster(), key.namespace()))
            + "/"
            + key.name();
    return subresource.isEmpty() ? object : object + "/" + subresource;
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private ApiResult<ApiObject> object(
      ObjectKey key, String method, String subresource, String type, JsonNode body) {
    return exchange
        .json(method, path(key, subresource), type, Json.mapper().writeValueAsBytes(body))
        .map(tree -> WireObjects.object(key, tree));
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    return exchange.json("GET", path(key, "")).map(tree -> WireObjects.object(key, tree));
  }

  @Override
  public ApiResult<ObjectNode> get(ObjectKey key, String subresource) {
    return exchange.json("GET", path(key, subresource)).map(ObjectNode.class::cast);
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    Map<String, String> query = new TreeMap<>();
    query.put("labelSelector", options.labelSelector());
    query.put("fieldSelector", options.fieldSelector());
    query.put("limit", options.limit() > 0 ? Integer.toString(options.limit()) : "");
    query.put("continue", options.continueToken());
    query.put("resourceVersion", options.resourceVersion());
    query.put("resourceVersionMatch", options.resourceVersionMatch());
    return exchange
        .json("GET", path(scope) + query(query))
        .map(tree -> WireObjects.list(scope, tree));
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    Map<String, String> query = new TreeMap<>();
    query.put("watch", "1");
    query.put("labelSelector", options.labelSelector());
    query.put("fieldSelector", options.fieldSelector());
    query.put("resourceVersion", options.resourceVersion());
    query.put("allowWatchBookmarks", options.allowBookmarks() ? "true" : "");
    query.put("sendInitialEvents", options.sendInitialEvents() ? "true" : "");
    query.put("resourceVersionMatch", options.sendInitialEvents() ? "NotOlderThan" : "");
    return exchange.open("GET", path(scope) + query(query)).map(body -> new HttpLines(scope, body));
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    return exchange
        .json("POST", path(scope), JSON, Json.mapper().writeValueAsBytes(object))
        .map(tree -> WireObjects.object(scope, tree));
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    return object(key, "PUT", subresource, JSON, object);
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    return object(key, "PATCH", subresource, patch.form().mediaType(), patch.body());
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    ObjectNode body = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (options.gracePeriodSeconds() != null) {
      body.put("gracePeriodSeconds", options.gracePeriodSeconds());
    }
    if (options.uid() != null) {
      body.putObject("preconditions").put("uid", options.uid());
    }
    return object(key, "DELETE", "", JSON, body);
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    throw new UnsupportedOperationException("post");
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    throw new UnsupportedOperationException("review");
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    throw new UnsupportedOperationException("log");
  }

  @Override
  public ApiResult<InputStream> read(String cluster, String path, Map<String, String> query) {
    throw new UnsupportedOperationException("read");
  }
}
