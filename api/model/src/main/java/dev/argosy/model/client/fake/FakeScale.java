package dev.argosy.model.client.fake;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.selector.LabelSelector;
import tools.jackson.databind.node.ObjectNode;

/** The {@code Scale} of an object that says how many it wants where workloads do. */
final class FakeScale {

  private FakeScale() {}

  static ObjectNode of(ApiObject object) {
    ObjectNode tree = object.tree();
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode meta = scale.putObject("metadata").put("name", object.name());
    meta.put("namespace", object.namespace()).put("uid", object.meta().uid());
    meta.put("resourceVersion", Long.toString(object.revision()));
    scale.putObject("spec").put("replicas", tree.path("spec").path("replicas").asInt(0));
    ObjectNode status = scale.putObject("status");
    status.put("replicas", tree.path("status").path("replicas").asInt(0));
    status.put("selector", LabelSelector.ofObject(tree.path("spec").get("selector")).toString());
    return scale;
  }
}
