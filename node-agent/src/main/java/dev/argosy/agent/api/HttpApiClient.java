package dev.argosy.agent.api;

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
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@link ApiClient} over HTTP, as the identity of its connection. */
public final class HttpApiClient implements ApiClient {

  private static final String JSON = "application/json";

  private final HttpConnection connection;

  public HttpApiClient(HttpConnection connection) {
    this.connection = connection;
  }

  @Override
  public ApiResult<ApiObject> get(ObjectKey key) {
    return json("GET", ApiPaths.of(key, ""), null, null).map(t -> WireObjects.object(key, t));
  }

  @Override
  public ApiResult<ObjectNode> get(ObjectKey key, String subresource) {
    return json("GET", ApiPaths.of(key, subresource), null, null).map(t -> (ObjectNode) t);
  }

  @Override
  public ApiResult<ObjectList> list(ResourceScope scope, ListOptions options) {
    return json("GET", ApiPaths.of(scope) + ApiPaths.query(options), null, null)
        .map(t -> WireObjects.list(scope, t));
  }

  @Override
  public ApiResult<WatchStream> watch(ResourceScope scope, WatchOptions options) {
    return body("GET", ApiPaths.of(scope) + ApiPaths.query(options), null, null)
        .map(in -> new HttpWatch(scope, in));
  }

  @Override
  public ApiResult<ApiObject> create(ResourceScope scope, ObjectNode object) {
    return json("POST", ApiPaths.of(scope), JSON, bytes(object))
        .map(t -> WireObjects.object(scope, t));
  }

  @Override
  public ApiResult<ApiObject> update(ObjectKey key, String subresource, ObjectNode object) {
    return json("PUT", ApiPaths.of(key, subresource), JSON, bytes(object))
        .map(t -> WireObjects.object(key, t));
  }

  @Override
  public ApiResult<ApiObject> patch(ObjectKey key, String subresource, Patch patch) {
    String query =
        ApiPaths.query(
            Map.of("fieldManager", patch.fieldManager(), "force", patch.force() ? "true" : ""));
    return json(
            "PATCH",
            ApiPaths.of(key, subresource) + query,
            patch.form().mediaType(),
            bytes(patch.body()))
        .map(t -> WireObjects.object(key, t));
  }

  @Override
  public ApiResult<ApiObject> delete(ObjectKey key, DeleteOptions options) {
    ObjectNode body = Json.object();
    body.put("kind", "DeleteOptions").put("apiVersion", "v1");
    if (options.gracePeriodSeconds() != null) {
      body.put("gracePeriodSeconds", options.gracePeriodSeconds());
    }
    if (options.propagation() != null) {
      body.put("propagationPolicy", options.propagation());
    }
    if (options.uid() != null) {
      body.putObject("preconditions").put("uid", options.uid());
    }
    if (options.resourceVersion() != null) {
      body.withObject("preconditions").put("resourceVersion", options.resourceVersion());
    }
    return json("DELETE", ApiPaths.of(key, ""), JSON, bytes(body))
        .map(t -> WireObjects.object(key, t));
  }

  @Override
  public ApiResult<ObjectNode> post(ObjectKey key, String subresource, ObjectNode body) {
    return json("POST", ApiPaths.of(key, subresource), JSON, bytes(body)).map(t -> (ObjectNode) t);
  }

  @Override
  public ApiResult<ObjectNode> review(ResourceScope scope, ObjectNode body) {
    return json("POST", ApiPaths.of(scope), JSON, bytes(body)).map(t -> (ObjectNode) t);
  }

  @Override
  public ApiResult<InputStream> log(ObjectKey pod, Map<String, String> query) {
    return body("GET", ApiPaths.of(pod, "log") + ApiPaths.query(query), null, null);
  }

  @Override
  public ApiResult<InputStream> read(String cluster, String path, Map<String, String> query) {
    return body("GET", ApiPaths.of(cluster, path) + ApiPaths.query(query), null, null);
  }

  /**
   * Posts to a path that is no resource.
   *
   * @return what was answered
   */
  public ApiResult<JsonNode> postTo(String path, byte[] json) {
    return json("POST", path, JSON, json);
  }

  private static byte[] bytes(JsonNode tree) {
    return Json.mapper().writeValueAsBytes(tree);
  }

  private ApiResult<JsonNode> json(
      String method, String path, @Nullable String mediaType, byte @Nullable [] body) {
    return switch (body(method, path, mediaType, body)) {
      case ApiResult.Ok<InputStream>(InputStream in) -> parse(in);
      case ApiResult.Refused<InputStream>(Status status) -> ApiResult.refused(status);
    };
  }

  private static ApiResult<JsonNode> parse(InputStream body) {
    try (body) {
      return ApiResult.ok(Json.mapper().readTree(body.readAllBytes()));
    } catch (IOException | JacksonException e) {
      return unreachable(e);
    }
  }

  private ApiResult<InputStream> body(
      String method, String path, @Nullable String mediaType, byte @Nullable [] body) {
    try {
      HttpResponse<InputStream> answer = connection.send(method, path, mediaType, body);
      return answer.statusCode() / 100 == 2
          ? ApiResult.ok(answer.body())
          : ApiResult.refused(refusal(answer));
    } catch (IOException e) {
      return unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreachable(e);
    }
  }

  private static Status refusal(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return WireObjects.status(Json.mapper().readTree(body.readAllBytes()), answer.statusCode());
    } catch (JacksonException notJson) {
      return WireObjects.status(Json.object(), answer.statusCode());
    }
  }

  private static <T> ApiResult<T> unreachable(Exception e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return ApiResult.refused(
        Status.of(Reason.SERVICE_UNAVAILABLE, "the API server cannot be reached: " + why));
  }
}
