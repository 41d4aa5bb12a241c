package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Finds registry credentials among a pod's {@code imagePullSecrets}. */
final class PullSecrets {

  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final String DOCKER_HUB = "docker.io";

  private final ApiClient api;

  PullSecrets(ApiClient api) {
    this.api = api;
  }

  @Nullable Credentials find(PodView pod, String image) {
    String registry = registry(image);
    for (JsonNode reference : pod.spec().path("imagePullSecrets")) {
      ObjectKey key =
          new ObjectKey(
              SECRETS,
              pod.key().cluster(),
              pod.key().namespace(),
              reference.path("name").asString("-"));
      if (api.get(key) instanceof ApiResult.Ok<ApiObject>(ApiObject secret)) {
        Credentials found = in(secret, registry);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  static String registry(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host ? first : DOCKER_HUB;
  }

  private static @Nullable Credentials in(ApiObject secret, String registry) {
    String encoded = secret.tree().path("data").path(".dockerconfigjson").asString("");
    try {
      JsonNode config = Json.mapper().readTree(Base64.getDecoder().decode(encoded));
      for (var entry : config.path("auths").properties()) {
        if (entry.getKey().contains(registry)) {
          return credentials(entry.getValue(), registry);
        }
      }
    } catch (JacksonException | IllegalArgumentException malformed) {
      // the pull will be refused, and its message tells why
    }
    return null;
  }

  private static Credentials credentials(JsonNode auth, String registry) {
    String both = auth.path("auth").asString("");
    if (both.isEmpty()) {
      return new Credentials(
          auth.path("username").asString(""), auth.path("password").asString(""), registry);
    }
    String[] parts =
        new String(Base64.getDecoder().decode(both), StandardCharsets.UTF_8).split(":", 2);
    return new Credentials(parts[0], parts.length > 1 ? parts[1] : "", registry);
  }
}
