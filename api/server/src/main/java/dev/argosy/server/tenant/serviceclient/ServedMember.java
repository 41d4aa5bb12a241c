package dev.argosy.server.tenant.serviceclient;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.PlatformLoops;
import dev.argosy.server.registry.Claims;
import dev.argosy.server.registry.KindRules;
import dev.argosy.server.registry.Write;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Member of a service client is written only while that is there and says the same, in one
 * transaction: a server that was slow gives nobody a role that was taken back.
 */
public final class ServedMember implements KindRules {

  /** The annotation of a Member that names the service client whose it is. */
  static final String OF = "tenancy.argosy.dev/service-client";

  private final ResourceStore store;
  private final KindRules others;

  /**
   * @param store of the platform's own kinds
   * @param others rules for all other Members
   */
  public ServedMember(ResourceStore store, KindRules others) {
    this.store = store;
    this.others = others;
  }

  static String nameOf(JsonNode member) {
    return member.path("metadata").path("annotations").path(OF).asString("");
  }

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    if (write.user().equals(PlatformLoops.SERVICE_CLIENTS)) {
      requireWanted(claims, object);
    } else {
      others.beforeCreate(write, claims, object);
    }
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    if (write.user().equals(PlatformLoops.SERVICE_CLIENTS)) {
      requireWanted(claims, object);
    } else {
      others.beforeUpdate(write, claims, object, old);
    }
  }

  private void requireWanted(Claims claims, ObjectNode object) {
    Member member = Member.of(object);
    ObjectKey key = ServiceClientKind.key(nameOf(object));
    StoredValue value = store.get(key).orElseThrow(() -> stale(key.name()));
    ObjectNode tree = Json.parse(value.value());
    ServiceClient client = ServiceClient.of(tree);
    ServiceClient.Place place =
        new ServiceClient.Place(member.tenant(), member.role(), member.term());
    if (tree.path("metadata").has("deletionTimestamp")
        || !client.member().equals(member.name())
        || !client.place().equals(place)) {
      throw stale(key.name());
    }
    claims.unchanged(key, value.revision());
  }

  private static StatusException stale(String name) {
    return Status.stale(ServiceClient.RESOURCE, name).asException();
  }
}
