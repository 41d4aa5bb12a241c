package dev.argosy.server.tenant.request;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.tenant.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the policies about what waits, and makes the tenants that were approved. Runs on every
 * server; follows requests, policies and tenants, and has nothing to do while these rest.
 */
public final class RequestController implements AutoCloseable {

  private static final Tending.Crew CREW =
      new Tending.Crew("tenant-requests", 2, Duration.ofSeconds(1));

  private final ApiClient client;
  private final ResourceCaches caches;
  private final Clock clock;
  private final Places places;
  private final RequestedTenant tenants;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final List<CacheFollower> followers;

  /**
   * @param client as {@link dev.argosy.server.access.PlatformLoops#TENANT_REQUESTS}
   * @param platform the store of the platform's own kinds
   */
  public RequestController(
      ApiClient client, ResourceStore platform, ResourceCaches caches, Clock clock) {
    this.client = client;
    this.caches = caches;
    this.clock = clock;
    this.places = new Places(platform, clock);
    this.tenants = new RequestedTenant(client);
    this.followers =
        List.of(
            new CacheFollower(caches.of(TenantRequest.RESOURCE), new Requests()),
            new CacheFollower(caches.of(RequestPolicy.RESOURCE), new Waiting(event -> true)),
            new CacheFollower(
                caches.of(Tenant.RESOURCE),
                new Waiting(event -> event.type() == CacheEvent.Type.DELETED)));
  }

  /** Begins; does not wait. */
  public void start() {
    followers.forEach(CacheFollower::start);
    tending.start();
  }

  @Override
  public void close() {
    followers.forEach(CacheFollower::close);
    tending.close();
  }

  /** Each request that appears or changes is due. */
  private final class Requests implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      state.list(ClusterDirectory.ROOT, "").forEach(request -> tending.put(request.name()));
    }

    @Override
    public void changed(List<CacheEvent> events) {
      events.stream()
          .filter(event -> event.type() != CacheEvent.Type.DELETED)
          .forEach(event -> tending.put(event.object().name()));
    }
  }

  /** Some events may be good for requests that wait: a policy, or a place that is free again. */
  private final class Waiting implements CacheFollower.Listener {
    private final Predicate<CacheEvent> good;

    Waiting(Predicate<CacheEvent> good) {
      this.good = good;
    }

    @Override
    public void reset(CacheSnapshot state) {
      all();
    }

    @Override
    public void changed(List<CacheEvent> events) {
      if (events.stream().anyMatch(good)) {
        all();
      }
    }

    private void all() {
      caches
          .of(TenantRequest.RESOURCE)
          .snapshot()
          .list(ClusterDirectory.ROOT, "")
          .forEach(request -> tending.put(request.name()));
    }
  }

  private boolean reconcile(String name) {
    Optional<ApiObject> found = client.get(TenantRequest.key(name)).orAbsent();
    if (found.isEmpty() || found.get().meta().deleting()) {
      return true;
    }
    ObjectNode object = found.get().tree();
    if (RequestState.over(object)) {
      return true;
    }
    TenantRequest request = TenantRequest.of(object);
    if (RequestState.APPROVED.holds(object)) {
      end(request, object);
      return true;
    }
    return asked(request);
  }

  /** Asks the policies, in the order of their names; false if they must be asked again. */
  private boolean asked(TenantRequest request) {
    ResourceScope all = ResourceScope.cluster(RequestPolicy.RESOURCE, ClusterDirectory.ROOT);
    for (ApiObject object : client.list(all, ListOptions.EVERYTHING).orThrow().items()) {
      RequestPolicy policy = RequestPolicy.of(object);
      if (policy.isFor(request)) {
        Places.Outcome outcome = places.approve(request, policy);
        if (outcome != Places.Outcome.FULL) {
          return outcome == Places.Outcome.APPROVED;
        }
      }
    }
    return true;
  }

  private void end(TenantRequest request, ObjectNode object) {
    Optional<String> problem = tenants.make(request, object.path("spec"));
    if (problem.isPresent()) {
      RequestState.FAILED.enter(object, "NotCreated", problem.get(), clock);
    } else {
      RequestState.CREATED.enter(object, "Created", "the tenant was made", clock);
      object.withObject("status").put("tenant", request.tenant());
    }
    client.updateStatus(TenantRequest.key(request.name()), object).orThrow();
  }
}
