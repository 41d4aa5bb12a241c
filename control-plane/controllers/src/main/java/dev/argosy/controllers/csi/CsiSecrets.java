package dev.argosy.controllers.csi;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Secrets that calls of a driver need; they are read when they are needed and kept nowhere. */
public final class CsiSecrets {

  private final ApiClient client;

  public CsiSecrets(ApiClient client) {
    this.client = client;
  }

  /** Puts what a reference ({@code name}, {@code namespace}) names into a request, if it is one. */
  public void put(ObjectNode request, String cluster, JsonNode ref) {
    put(request, cluster, ref.path("namespace").asString(""), ref.path("name").asString(""));
  }

  /**
   * The same.
   *
   * @throws dev.argosy.model.status.StatusException if there is no such secret
   */
  public void put(ObjectNode request, String cluster, String namespace, String name) {
    if (name.isEmpty() || namespace.isEmpty()) {
      return;
    }
    ObjectKey key = new ObjectKey(Kinds.SECRETS, cluster, namespace, name);
    ApiResult<ApiObject> found = client.get(key);
    if (found.refusedFor(Reason.NOT_FOUND)) {
      throw Status.of(
              Reason.NOT_FOUND,
              "error getting secret %1$s in namespace %2$s: secrets \"%1$s\" not found"
                  .formatted(name, namespace))
          .asException();
    }
    ObjectNode secrets = request.putObject("secrets");
    found
        .orThrow()
        .content()
        .path("data")
        .forEachEntry((entry, value) ->
            secrets.put(
                entry,
                new String(
                    Base64.getDecoder().decode(value.asString("")), StandardCharsets.UTF_8)));
  }

  /** Member names of a volume's secrets, such as {@code controllerPublishSecretRef}. */
  public static JsonNode ref(CsiVolume volume, String member) {
    JsonNode spec = volume.object().content().path("spec");
    return spec.path("csi").isObject() ? spec.path("csi").path(member) : Json.object();
  }
}
