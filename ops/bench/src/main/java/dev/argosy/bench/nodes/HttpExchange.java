package dev.argosy.bench.nodes;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.wire.WireObjects;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Requests to one server by somebody. A server that cannot be reached is a refusal with reason
 * ServiceUnavailable.
 *
 * @param token empty to be known by the client's certificate
 * @param node whose agent to act as; empty to act as oneself
 */
record HttpExchange(HttpClient client, URI server, String token, String node) {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The same as a node's agent, in root. */
  HttpExchange as(String other) {
    return new HttpExchange(client, server, token, other);
  }

  ApiResult<JsonNode> json(String method, String path) {
    return json(send(method, path, "", BodyPublishers.noBody()));
  }

  ApiResult<JsonNode> json(String method, String path, String type, byte[] body) {
    return json(send(method, path, type, BodyPublishers.ofByteArray(body)));
  }

  /** A body that is read as it comes, without a limit of time. */
  ApiResult<InputStream> open(String method, String path) {
    return send(method, path, "", BodyPublishers.noBody());
  }

  private static ApiResult<JsonNode> json(ApiResult<InputStream> answer) {
    return switch (answer) {
      case ApiResult.Ok<InputStream>(InputStream in) -> {
        try (in) {
          yield ApiResult.ok(Json.mapper().readTree(in.readAllBytes()));
        } catch (IOException | JacksonException e) {
          yield unreachable(e);
        }
      }
      case ApiResult.Refused<InputStream>(Status status) -> ApiResult.refused(status);
    };
  }

  private ApiResult<InputStream> send(String method, String path, String type, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("User-Agent", "argosy-simulator")
            .method(method, body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!node.isEmpty()) {
      request.header("Impersonate-User", "system:node:" + node);
      request.header("Impersonate-Group", "system:nodes");
    }
    try {
      HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
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
