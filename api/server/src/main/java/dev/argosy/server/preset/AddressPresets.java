package dev.argosy.server.preset;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of a cluster's services ({@code IPAddress}); the services themselves tell them. */
public final class AddressPresets implements Presets {

  private static final GroupResource RESOURCE =
      new GroupResource("networking.k8s.io", "ipaddresses");
  private static final GroupResource SERVICES = new GroupResource("", "services");

  /** For services of which the store knows already, as for any read. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ResourceCaches caches;

  public AddressPresets(ResourceCaches caches) {
    this.caches = caches;
  }

  @Override
  public List<ApiObject> of(GroupResource resource, String cluster, String namespace) {
    if (!resource.equals(RESOURCE)) {
      return List.of();
    }
    TreeMap<String, ApiObject> addresses = new TreeMap<>();
    for (ApiObject service : caches.of(SERVICES).currentSnapshot(PATIENCE).list(cluster, "")) {
      for (JsonNode ip : service.tree().path("spec").path("clusterIPs")) {
        String text = ip.asString("");
        if (!text.isEmpty() && !text.equals("None")) {
          PresetTemplate template = PresetTemplate.of(RESOURCE, address(text, service));
          addresses.put(text, template.in(cluster, service.meta()));
        }
      }
    }
    return List.copyOf(addresses.values());
  }

  private static ObjectNode address(String ip, ApiObject service) {
    ObjectNode object =
        Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "IPAddress");
    object
        .putObject("metadata")
        .put("name", ip)
        .putObject("labels")
        .put("ipaddress.kubernetes.io/ip-family", ip.indexOf(':') < 0 ? "IPv4" : "IPv6")
        .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
    object
        .putObject("spec")
        .putObject("parentRef")
        .put("resource", "services")
        .put("namespace", service.key().namespace())
        .put("name", service.key().name());
    return object;
  }
}
