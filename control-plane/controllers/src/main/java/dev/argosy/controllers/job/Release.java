package dev.argosy.controllers.job;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the finalizer of Jobs from a pod. */
final class Release {

  private Release() {}

  /** Refused if the pod has changed meanwhile. */
  static ApiResult<ApiObject> of(ApiClient client, ApiObject pod) {
    ObjectNode patch = Json.object();
    ObjectNode meta = patch.putObject("metadata").put("uid", pod.meta().uid());
    meta.put("resourceVersion", Long.toString(pod.revision()));
    ArrayNode kept = meta.putArray("finalizers");
    pod.meta().finalizers().stream().filter(f -> !f.equals(JobPod.FINALIZER)).forEach(kept::add);
    return client.patch(pod.key(), "", Patch.merge(patch));
  }
}
