package dev.argosy.controllers.autoscale;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code scale} subresource of what an autoscaler names.
 *
 * @param wanted how many replicas shall be
 * @param present how many there are
 * @param selector of their pods, as in a query; empty if it says none
 */
record TargetScale(
    ObjectKey key, String uid, String version, int wanted, int present, String selector) {

  /** Of what a reference of an object beside names. */
  static Reading<TargetScale> of(
      ApiClient client, NamedKinds kinds, ObjectKey beside, Reference reference) {
    Optional<NamedKinds.Named> kind = kinds.find(beside.cluster(), reference);
    if (kind.isEmpty()) {
      return new Reading.Unknown<>(NamedKinds.unknown(reference));
    }
    ObjectKey key =
        new ObjectKey(
            kind.get().resource(), beside.cluster(), beside.namespace(), reference.name());
    return switch (client.get(key, "scale")) {
      case ApiResult.Ok<ObjectNode>(ObjectNode scale) -> new Reading.Found<>(of(key, scale));
      case ApiResult.Refused<ObjectNode>(Status status) -> new Reading.Unknown<>(status.message());
    };
  }

  private static TargetScale of(ObjectKey key, JsonNode scale) {
    JsonNode meta = scale.path("metadata");
    JsonNode status = scale.path("status");
    return new TargetScale(
        key,
        meta.path("uid").asString(""),
        meta.path("resourceVersion").asString(""),
        scale.path("spec").path("replicas").asInt(0),
        status.path("replicas").asInt(0),
        status.path("selector").asString(""));
  }

  /** Sets how many there shall be, if nobody changed anything meanwhile. */
  ApiResult<ApiObject> set(ApiClient client, int replicas) {
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode meta = scale.putObject("metadata").put("name", key.name());
    meta.put("namespace", key.namespace()).put("uid", uid).put("resourceVersion", version);
    scale.putObject("spec").put("replicas", replicas);
    return client.update(key, "scale", scale);
  }
}
