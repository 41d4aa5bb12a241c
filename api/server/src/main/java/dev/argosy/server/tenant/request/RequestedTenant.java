package dev.argosy.server.tenant.request;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.Write;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the tenant that was asked for, and whoever asked its administrator; both may be there. */
public final class RequestedTenant {

  /** The annotation of a tenant that says for which request it was made: {@code name/uid}. */
  private static final String MADE_FOR = "tenancy.argosy.dev/request";

  private final ApiClient client;

  RequestedTenant(ApiClient client) {
    this.client = client;
  }

  static ObjectKey key(String tenant) {
    return new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", tenant);
  }

  static boolean madeFor(JsonNode tenant, String request, String uid) {
    return annotation(tenant).equals(request + "/" + uid);
  }

  private static String annotation(JsonNode tenant) {
    return tenant.path("metadata").path("annotations").path(MADE_FOR).asString("");
  }

  /**
   * Has a tenant be made for a request only while that is approved and has none, in the same
   * transaction. Only the loop says for which request a tenant is made.
   */
  public static void beforeCreate(
      Write write, ResourceStore store, Claims claims, ObjectNode tenant) {
    String said = annotation(tenant);
    if (said.isEmpty()) {
      return;
    }
    if (!write.user().equals(PlatformLoops.TENANT_REQUESTS)) {
      tenant.withObject("metadata").withObject("annotations").remove(MADE_FOR);
      return;
    }
    String name = said.substring(0, said.indexOf('/'));
    StoredValue value =
        store
            .get(TenantRequest.key(name))
            .orElseThrow(() -> Status.notFound(TenantRequest.RESOURCE, name).asException());
    ObjectNode request = Json.parse(value.value());
    boolean same = madeFor(tenant, name, TenantRequest.of(request).uid());
    if (!same || !RequestState.APPROVED.holds(request) || RequestState.over(request)) {
      throw Status.conflict(TenantRequest.RESOURCE, name, "it is no longer approved and open")
          .asException();
    }
    claims.unchanged(TenantRequest.key(name), value.revision());
  }

  /** For which request a tenant was made stays. */
  public static void beforeUpdate(ObjectNode tenant, ObjectNode old) {
    String before = annotation(old);
    if (!annotation(tenant).equals(before)) {
      ObjectNode annotations = tenant.withObject("metadata").withObject("annotations");
      annotations.remove(MADE_FOR);
      if (!before.isEmpty()) {
        annotations.put(MADE_FOR, before);
      }
    }
  }

  /** Why it cannot be made; empty if both are there. */
  Optional<String> make(TenantRequest request, JsonNode asked) {
    return switch (client.create(scope(Tenant.RESOURCE), tenant(request, asked))) {
      case ApiResult.Ok<ApiObject> made -> administered(request);
      case ApiResult.Refused<ApiObject>(Status status) ->
          switch (status.reason()) {
            case ALREADY_EXISTS ->
                own(request) ? administered(request) : Optional.of(status.message());
            case INVALID, FORBIDDEN -> Optional.of(status.message());
            default -> throw new StatusException(status);
          };
    };
  }

  private ObjectNode tenant(TenantRequest request, JsonNode asked) {
    ObjectNode tenant = object("Tenant", request.tenant());
    tenant
        .withObject("metadata")
        .putObject("annotations")
        .put(MADE_FOR, request.name() + "/" + request.uid());
    ObjectNode spec = tenant.putObject("spec");
    for (String field : List.of("displayName", "parent", "template")) {
      String value = asked.path(field).asString("");
      if (!value.isEmpty()) {
        spec.put(field, value);
      }
    }
    if (!request.parent().isEmpty()) {
      poolsOf(request.parent(), spec.putArray("nodePools"));
    }
    return tenant;
  }

  /** Who decides for a tenant decides about its nodes, and no others. */
  private void poolsOf(String parent, ArrayNode pools) {
    client
        .get(key(parent))
        .orAbsent()
        .map(object -> Tenant.of(object.tree()).nodePools())
        .ifPresent(all -> all.forEach(pools::add));
  }

  private boolean own(TenantRequest request) {
    return client
        .get(key(request.tenant()))
        .orAbsent()
        .filter(tenant -> madeFor(tenant.tree(), request.name(), request.uid()))
        .isPresent();
  }

  /** Refused for a moment while not every server knows the tenant. */
  private Optional<String> administered(TenantRequest request) {
    ObjectNode member = object("Member", request.tenant() + "-" + request.uid());
    ObjectNode spec = member.putObject("spec").put("tenant", request.tenant()).put("role", "admin");
    spec.putObject("subject").put("kind", "User").put("name", request.asker().username());
    if (client.create(scope(Member.RESOURCE), member)
            instanceof ApiResult.Refused<ApiObject>(Status status)
        && status.reason() != Reason.ALREADY_EXISTS) {
      throw new StatusException(status);
    }
    return Optional.empty();
  }

  private static ObjectNode object(String kind, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", Tenant.RESOURCE.group() + "/v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static ResourceScope scope(GroupResource resource) {
    return ResourceScope.cluster(resource, ClusterDirectory.ROOT);
  }
}
