package dev.argosy.server.dial;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What stands behind services, as their slices say. */
public final class ServiceEndpoints {

  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");

  private final ResourceCaches caches;

  public ServiceEndpoints(ResourceCaches caches) {
    this.caches = caches;
  }

  /**
   * Where a service's traffic may go.
   *
   * @param pod the name of the pod in the service's namespace; empty if it is none
   */
  public record Endpoint(String pod, String address, int port) {}

  public Optional<ApiObject> service(String cluster, String namespace, String name) {
    return find(SERVICES, cluster, namespace, name);
  }

  public Optional<ApiObject> pod(String cluster, String namespace, String name) {
    return find(PODS, cluster, namespace, name);
  }

  /** The name of a service's port, by which slices know it; empty names are names. */
  public static Optional<String> portName(JsonNode spec, long number) {
    for (JsonNode port : spec.path("ports")) {
      if (port.path("port").asLong(0) == number) {
        return Optional.of(port.path("name").asString(""));
      }
    }
    return Optional.empty();
  }

  /** The ready endpoints, in a list of the caller's own. */
  public List<Endpoint> ready(String cluster, String namespace, String service, String portName) {
    List<Endpoint> endpoints = new ArrayList<>();
    List<ApiObject> slices =
        caches
            .of(SLICES)
            .snapshot()
            .labelled(cluster, namespace, "kubernetes.io/service-name", service);
    for (ApiObject slice : slices) {
      JsonNode tree = slice.tree();
      for (JsonNode port : tree.path("ports")) {
        if (port.path("name").asString("").equals(portName)) {
          addReady(tree, port.path("port").asInt(0), endpoints);
        }
      }
    }
    return endpoints;
  }

  private static void addReady(JsonNode slice, int port, List<Endpoint> endpoints) {
    for (JsonNode endpoint : slice.path("endpoints")) {
      if (endpoint.path("conditions").path("ready").asBoolean(true)) {
        JsonNode ref = endpoint.path("targetRef");
        boolean pod = ref.path("kind").asString("").equals("Pod");
        endpoints.add(
            new Endpoint(
                pod ? ref.path("name").asString("") : "",
                endpoint.path("addresses").path(0).asString(""),
                port));
      }
    }
  }

  private Optional<ApiObject> find(
      GroupResource resource, String cluster, String namespace, String name) {
    return caches.of(resource).snapshot().get(new ObjectKey(resource, cluster, namespace, name));
  }
}
