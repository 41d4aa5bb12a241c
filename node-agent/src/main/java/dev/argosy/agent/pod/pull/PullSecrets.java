package dev.argosy.agent.pod.pull;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Registry credentials among a pod's {@code imagePullSecrets}; those of its service account are
 * among them once the pod was admitted.
 */
final class PullSecrets {

  private static final GroupResource SECRETS = new GroupResource("", "secrets");

  private final ApiClient api;

  PullSecrets(ApiClient api) {
    this.api = api;
  }

  /**
   * In the pod's order; secrets that are not there, or hold nothing that can be read, are left out.
   */
  List<Claim> find(PodView pod, ImageName image) {
    List<Claim> claims = new ArrayList<>();
    for (JsonNode reference : pod.spec().path("imagePullSecrets")) {
      String name = reference.path("name").asString("");
      if (!name.isEmpty()) {
        ObjectKey key = new ObjectKey(SECRETS, pod.key().cluster(), pod.key().namespace(), name);
        if (api.get(key) instanceof ApiResult.Ok<ApiObject>(ApiObject secret)) {
          String whose =
              String.join("/", key.cluster(), key.namespace(), key.name(), secret.meta().uid());
          for (Credentials one : keyring(secret).find(image)) {
            claims.add(new Claim(one, whose));
          }
        }
      }
    }
    return claims;
  }

  /** Both forms of such secrets: the newer names its part {@code auths}, the older is that part. */
  private static Keyring keyring(ApiObject secret) {
    JsonNode data = secret.tree().path("data");
    String now = data.path(".dockerconfigjson").asString("");
    String before = data.path(".dockercfg").asString("");
    try {
      return now.isEmpty()
          ? Keyring.of(before.isEmpty() ? Json.object() : json(before))
          : Keyring.of(json(now).path("auths"));
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Keyring.of(Json.object());
    }
  }

  private static JsonNode json(String base64) {
    return Json.mapper().readTree(Base64.getDecoder().decode(base64));
  }
}
