package dev.argosy.server.tenant.request;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.tenant.Tenant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many tenants a user has by a policy, counted in places. One is taken in the transaction that
 * approves, and always the first that is free, so that of two who count at a time one fails: never
 * one too many, with any number of servers. A place is free again when its request and its tenant
 * are gone, or the tenant could not be made.
 */
final class Places {

  /** The most that a policy may give to one user. */
  static final int MOST = 100;

  private static final GroupResource RESOURCE =
      new GroupResource(Tenant.RESOURCE.group(), "tenantrequestplaces");

  private final ResourceStore store;
  private final Clock clock;

  Places(ResourceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How a request's approval ended. */
  enum Outcome {
    APPROVED,
    /** The user has as many as the policy gives. */
    FULL,
    /** Somebody wrote at the same time; to be tried again. */
    RACED
  }

  /** Approves the request if a place is free. */
  Outcome approve(TenantRequest request, RequestPolicy policy) {
    String user = RequestKind.digest(request.asker().username());
    TreeMap<Integer, StoredValue> places = places(policy.name(), user);
    int taken = 0;
    int free = -1;
    for (int i = 0; i < MOST; i++) {
      StoredValue place = places.get(i);
      if (place != null && !free(Json.parse(place.value()))) {
        taken++;
      } else if (free < 0) {
        free = i;
      }
    }
    return free < 0 || taken >= policy.most()
        ? Outcome.FULL
        : take(key(policy.name(), user, free), Optional.ofNullable(places.get(free)), request);
  }

  /** Those that were ever taken, by number. */
  private TreeMap<Integer, StoredValue> places(String policy, String user) {
    ObjectKey before = new ObjectKey(RESOURCE, ClusterDirectory.ROOT, policy, user);
    TreeMap<Integer, StoredValue> places = new TreeMap<>();
    for (StoredValue value :
        store.list(RESOURCE, ClusterDirectory.ROOT, 0, before, MOST).values()) {
      ObjectKey key = value.key();
      if (key.namespace().equals(policy) && key.name().startsWith(user + "-")) {
        places.put(Integer.parseInt(key.name().substring(user.length() + 1)), value);
      }
    }
    return places;
  }

  private static ObjectKey key(String policy, String user, int number) {
    return new ObjectKey(
        RESOURCE, ClusterDirectory.ROOT, policy, "%s-%02d".formatted(user, number));
  }

  private Outcome take(ObjectKey key, Optional<StoredValue> before, TenantRequest asked) {
    ObjectKey requestKey = TenantRequest.key(asked.name());
    Optional<StoredValue> present = store.get(requestKey);
    if (present.isEmpty()) {
      return Outcome.RACED;
    }
    ObjectNode object = Json.parse(present.get().value());
    TenantRequest request = TenantRequest.of(object);
    if (!request.uid().equals(asked.uid()) || RequestState.decided(object)) {
      return Outcome.RACED;
    }
    String message = "approved by TenantRequestPolicy " + key.namespace();
    RequestState.APPROVED.enter(object, "Policy", message, clock);
    object.withObject("status").put("decidedBy", "TenantRequestPolicy " + key.namespace());
    List<Change> changes = new ArrayList<>();
    byte[] place = document(key, request);
    changes.add(
        before.isPresent()
            ? new Change.Update(key, before.get().revision(), place)
            : new Change.Create(key, place));
    changes.add(new Change.Update(requestKey, present.get().revision(), Json.canonical(object)));
    return store.commit(changes) instanceof CommitResult.Committed
        ? Outcome.APPROVED
        : Outcome.RACED;
  }

  private static byte[] document(ObjectKey key, TenantRequest request) {
    ObjectNode place = Json.object();
    place.put("apiVersion", RESOURCE.group() + "/v1").put("kind", "TenantRequestPlace");
    place.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    place.put("tenant", request.tenant()).put("request", request.name()).put("uid", request.uid());
    return Json.canonical(place);
  }

  /**
   * Whether nothing is left, nor can come, of whom a place was taken for. The request is looked at
   * first: when it is over or gone, no tenant is made for it any more.
   */
  private boolean free(JsonNode place) {
    String request = place.path("request").asString("");
    String uid = place.path("uid").asString("");
    boolean underWay =
        store
            .get(TenantRequest.key(request))
            .map(value -> Json.parse(value.value()))
            .filter(object -> TenantRequest.of(object).uid().equals(uid))
            .filter(object -> !RequestState.over(object))
            .isPresent();
    return !underWay
        && store
            .get(RequestedTenant.key(place.path("tenant").asString("")))
            .map(value -> Json.parse(value.value()))
            .filter(tenant -> RequestedTenant.madeFor(tenant, request, uid))
            .isEmpty();
  }
}
