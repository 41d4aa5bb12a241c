package dev.argosy.server.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.PostHandler;
import dev.argosy.server.registry.Subject;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantPhase;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes back the deletion of a tenant that is still kept ({@code POST tenants/NAME/restore});
 * answers the tenant. No other object is ever restored: here its grace period says that it may be.
 */
public final class TenantRestore implements PostHandler {

  private static final GroupResource RESOURCE = Tenant.RESOURCE;
  private static final int ATTEMPTS = 5;

  private final ResourceStore store;

  public TenantRestore(ResourceStore store) {
    this.store = store;
  }

  @Override
  public ObjectNode post(Subject subject, ObjectNode body) {
    String name = subject.name();
    String named = body.path("metadata").path("name").asString("");
    if (!named.isEmpty() && !named.equals(name)) {
      throw Status.badRequest(
              "the name of the object ("
                  + named
                  + ") does not match the name on the URL ("
                  + name
                  + ")")
          .asException();
    }
    ObjectKey key = new ObjectKey(RESOURCE, ClusterDirectory.ROOT, "", name);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      StoredValue value =
          store.get(key).orElseThrow(() -> Status.notFound(RESOURCE, name).asException());
      byte[] restored = Json.canonical(restored(name, Json.parse(value.value())));
      if (subject.dryRun()) {
        return ApiObject.ofStored(key, value.revision(), restored).tree();
      }
      if (store.commit(List.of(new Change.Update(key, value.revision(), restored)))
          instanceof CommitResult.Committed(long revision)) {
        return ApiObject.ofStored(key, revision, restored).tree();
      }
    }
    throw Status.stale(RESOURCE, name).asException();
  }

  private static ObjectNode restored(String name, ObjectNode object) {
    Tenant tenant = Tenant.of(object);
    if (tenant.phase() == TenantPhase.TERMINATING) {
      throw Status.conflict(RESOURCE, name, "it is being emptied and cannot be restored any more")
          .asException();
    }
    if (tenant.deletedAt() == null) {
      throw Status.conflict(RESOURCE, name, "its deletion was not asked for").asException();
    }
    ObjectNode metadata = object.withObject("metadata");
    metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds"));
    metadata.put("generation", metadata.path("generation").asLong(0) + 1);
    return object;
  }
}
