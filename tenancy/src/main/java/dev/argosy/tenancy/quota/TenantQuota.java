package dev.argosy.tenancy.quota;

import dev.argosy.model.kind.GroupResource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The most that a tenant may use.
 *
 * @param limits quantities as Kubernetes writes them ({@code "20"}, {@code "64Gi"}), by resource
 *     name as in a ResourceQuota ({@code requests.cpu}, {@code pods})
 */
public record TenantQuota(String name, String tenant, Map<String, String> limits) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "tenantquotas");

  public TenantQuota {
    if (name.isEmpty() || tenant.isEmpty()) {
      throw new IllegalArgumentException("a quota needs a name and a tenant");
    }
    limits = Map.copyOf(limits);
  }

  /** Reads a whole TenantQuota object ({@code spec.tenant}, {@code spec.hard}). */
  public static TenantQuota of(JsonNode object) {
    JsonNode spec = object.path("spec");
    Map<String, String> limits = new LinkedHashMap<>();
    spec.path("hard").properties().forEach(e -> limits.put(e.getKey(), e.getValue().asString("")));
    return new TenantQuota(
        object.path("metadata").path("name").asString(""),
        spec.path("tenant").asString(""),
        limits);
  }
}
