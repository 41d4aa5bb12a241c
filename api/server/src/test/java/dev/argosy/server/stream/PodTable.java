package dev.argosy.server.stream;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** The pods of one namespace, made of the JSON of their spec and status. */
final class PodTable {

  static final String CLUSTER = "acme";
  private static final String NAMESPACE = "default";
  private static final GroupResource PODS = new GroupResource("", "pods");

  private final ApiClient client;

  PodTable(Clock clock) {
    this.client = new FakeApi(clock, CLUSTER).client();
  }

  ApiClient client() {
    return client;
  }

  void put(String name, String spec, String status) {
    ObjectNode pod = Json.object();
    pod.putObject("metadata").put("name", name);
    pod.set("spec", Json.mapper().readTree(spec));
    client.create(ResourceScope.namespace(PODS, CLUSTER, NAMESPACE), pod).orThrow();
    ObjectNode told = Json.object();
    told.set("status", Json.mapper().readTree(status));
    client.patch(key(name), "status", Patch.merge(told)).orThrow();
  }

  ApiObject get(String name) {
    return client.get(key(name)).orThrow();
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(PODS, CLUSTER, NAMESPACE, name);
  }
}
