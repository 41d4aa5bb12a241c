package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.registry.KindTables;
import dev.argosy.server.registry.Lineage;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import dev.argosy.tenancy.quota.TenantQuota;
import dev.argosy.tenancy.role.CustomRole;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantPhase;
import dev.argosy.tenancy.tenant.TenantTree;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a new tenant's cluster usable, stops and resumes what runs in it, and empties a deleted
 * tenant's before its row goes: the finalizer {@value #FINALIZER} keeps the row until then.
 * Reconciles by name; everything it does is safe to do twice, so it may run on every server.
 */
public final class TenantController implements AutoCloseable {

  static final String FINALIZER = "tenancy.argosy.dev/cluster";

  private static final Logger LOG = LoggerFactory.getLogger(TenantController.class);
  private static final Tending.Crew CREW = new Tending.Crew("tenants", 4, Duration.ofMillis(500));

  /** A server that had not heard of it yet may have given a pod a node. */
  private static final Duration SECOND_LOOK = Duration.ofSeconds(5);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final String STOPPING = "Stopping";
  private static final String VOLUMES = "Volumes";
  private static final int NAMED = 5;

  private final ApiClient client;
  private final Clock clock;
  private final TenantTree tree;
  private final TenantKeys keys;
  private final ClusterSetup setup;
  private final Lineage lineage;
  private final FirstQuota quota;
  private final Bootstrap bootstrap;
  private final ClusterSuspension suspension;
  private final ClusterRemoval removal;
  private final Holds holds;
  private final EventRecorder events;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final TenantWatch watch;

  /**
   * What the loop works with.
   *
   * @param kinds what each cluster serves
   */
  public record Means(
      ApiClient client, KindTables kinds, ClusterSetup setup, Budget budget, Clock clock) {}

  /**
   * What tenants may use.
   *
   * @param room that they get in etcd
   * @param lineage told where they stand
   */
  public record Budget(RoomOfTenants room, Lineage lineage) {}

  /**
   * Begins nothing yet.
   *
   * @param platform the store of the platform's own kinds
   * @param keys destroyed when their tenant is empty
   */
  public TenantController(Means means, ResourceStore platform, TenantTree tree, TenantKeys keys) {
    this.client = means.client();
    this.clock = means.clock();
    this.tree = tree;
    this.keys = keys;
    this.setup = means.setup();
    this.lineage = means.budget().lineage();
    this.quota = new FirstQuota(client, means.budget().room());
    this.bootstrap = new Bootstrap(client, means.kinds());
    this.suspension = new ClusterSuspension(client, new KeptPods(platform), clock);
    this.events = new EventRecorder(client, "tenant-controller", "", clock);
    this.removal = new ClusterRemoval(client, means.kinds(), new ClusterStorage(client, events));
    this.holds = new Holds(client);
    this.watch = new TenantWatch(client, tending::put);
  }

  /** Begins; does not wait. */
  public void start() {
    watch.start();
    tending.start();
    tending.put(ClusterDirectory.ROOT);
  }

  @Override
  public void close() {
    watch.close();
    tending.close();
    events.close();
  }

  /** Does what a tenant needs now; false if it must be looked at again. */
  boolean reconcile(String name) {
    try {
      if (name.equals(ClusterDirectory.ROOT)) {
        setup.ensure(name);
        return true;
      }
      Optional<ApiObject> found = client.get(key(name)).orAbsent();
      return found.isEmpty() || reconcile(found.get());
    } catch (StatusException e) {
      if (e.status().reason() != Reason.CONFLICT) {
        LOG.info("tenant {} is not ready: {}", name, e.status().message());
      }
      return false;
    } catch (RuntimeException e) {
      LOG.warn("tenant {} cannot be looked after, trying again", name, e);
      return false;
    }
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", name);
  }

  private boolean reconcile(ApiObject found) {
    ObjectNode object = found.tree();
    TenantPhase phase = Tenant.of(object).phase();
    if (phase == TenantPhase.TERMINATING) {
      return end(found);
    }
    if (phase == TenantPhase.UNKNOWN) {
      LOG.info("tenant {} is in a phase of a later server's making and left alone", found.name());
      return true;
    }
    if (!found.meta().deleting() && !found.meta().finalizers().contains(FINALIZER)) {
      object.withObject("metadata").withArray("finalizers").add(FINALIZER);
      object = client.update(found.key(), object).orThrow().tree();
    }
    Tenant tenant = Tenant.of(object);
    if (!bounded(tenant)) {
      return false;
    }
    if (told(object) == TenantPhase.PENDING) {
      setup.ensure(tenant.name());
      if (!tenant.template().isEmpty()) {
        Optional<String> problem = bootstrap.apply(tenant.name(), tenant.template());
        object = write(applied(new TenantStatus(object, clock), problem));
        if (problem.isPresent()) {
          tending.putIn(tenant.name(), TRY_AGAIN);
          return true;
        }
      }
    }
    Optional<Holds.Hold> hold = holds.of(tenant);
    return hold.isPresent() ? hold(tenant, object, hold.get()) : run(tenant, object);
  }

  /** Whether it has its place below others, and its bounds: before its cluster has anything. */
  private boolean bounded(Tenant tenant) {
    if (!lineage.place(tenant.name(), tenant.parent())) {
      return false;
    }
    quota.ensure(tenant.name());
    return true;
  }

  private static TenantStatus applied(TenantStatus status, Optional<String> problem) {
    return status.condition(
        TenantStatus.TEMPLATE_APPLIED,
        problem.isEmpty(),
        problem.isEmpty() ? "Applied" : "Failed",
        problem.orElse("All objects of the template are there"));
  }

  /** Stops what runs, and says how far that is; ends the time that a deleted tenant is kept. */
  private boolean hold(Tenant tenant, ObjectNode object, Holds.Hold hold) {
    Optional<Instant> end = tenant.keptUntil();
    if (end.isPresent() && !end.get().isAfter(clock.instant())) {
      return beginEnd(tenant);
    }
    end.ifPresent(at -> tending.putIn(tenant.name(), Duration.between(clock.instant(), at)));
    ObjectNode now = object;
    boolean said = TenantStatus.reason(object, TenantStatus.SUSPENDED).equals(STOPPING);
    if (!said && !TenantStatus.holds(object, TenantStatus.SUSPENDED)) {
      // said before anything is done, so that whoever goes on knows that there is something to undo
      now = write(stopping(new TenantStatus(object, clock), tenant, "Pods are asked to end"));
    }
    int running = suspension.stop(tenant.name());
    TenantStatus status = new TenantStatus(now, clock);
    if (running > 0) {
      write(stopping(status, tenant, running + " pods have not ended yet"));
      return false;
    }
    TenantPhase stopped = end.isPresent() ? tenant.phase() : TenantPhase.SUSPENDED;
    status.phase(stopped).keptUntil(end);
    status.condition(TenantStatus.SUSPENDED, true, hold.reason(), hold.message());
    if (status.changed()) {
      write(status);
      tending.putIn(tenant.name(), SECOND_LOOK);
      LOG.info("tenant {} is suspended", tenant.name());
    }
    return true;
  }

  private TenantStatus stopping(TenantStatus status, Tenant tenant, String message) {
    status.keptUntil(tenant.keptUntil());
    if (tenant.phase() == TenantPhase.DELETION_REQUESTED) {
      status.phase(tenant.phase());
    } else if (tenant.phase() == TenantPhase.PENDING) {
      status.phase(TenantPhase.ACTIVE);
    }
    return status.condition(TenantStatus.SUSPENDED, false, STOPPING, message);
  }

  private boolean run(Tenant tenant, ObjectNode object) {
    TenantStatus status = new TenantStatus(object, clock).phase(TenantPhase.ACTIVE);
    status.keptUntil(Optional.empty());
    String reason = TenantStatus.reason(object, TenantStatus.SUSPENDED);
    if (!reason.isEmpty() && !reason.equals(TenantStatus.RESUMED)) {
      Optional<String> missing = suspension.resume(tenant.name());
      status.condition(
          TenantStatus.SUSPENDED,
          false,
          missing.isEmpty() ? TenantStatus.RESUMED : "Resuming",
          missing.orElse("All that was stopped may run again"));
      missing.ifPresent(why -> tending.putIn(tenant.name(), TRY_AGAIN));
    }
    if (status.changed()) {
      write(status);
      LOG.info("tenant {} is active", tenant.name());
    }
    return true;
  }

  /** The phase that was written last. */
  private static TenantPhase told(ObjectNode object) {
    return TenantPhase.of(object.path("status").path("phase").asString(""));
  }

  /** From here on nothing restores it. */
  private boolean beginEnd(Tenant tenant) {
    client.delete(key(tenant.name()), DeleteOptions.now(tenant.uid())).orThrow();
    return false;
  }

  private boolean end(ApiObject found) {
    ObjectNode object = found.tree();
    String name = found.name();
    List<String> below = PlatformStore.reached(() -> tree.childrenOf(name, NAMED));
    TenantStatus status = new TenantStatus(object, clock).phase(TenantPhase.TERMINATING);
    status.keptUntil(Optional.empty());
    if (!below.isEmpty()) {
      String who = String.join(", ", below);
      status.condition(TenantStatus.EMPTIED, false, "HasChildren", "Tenants below it: " + who);
      tending.putIn(name, TRY_AGAIN);
    }
    if (status.changed()) {
      object = write(status);
    }
    if (!below.isEmpty() || !found.meta().finalizers().contains(FINALIZER)) {
      return true;
    }
    keys.discardUnreadable(name);
    ClusterRemoval.Pass pass = removal.empty(found);
    if (!pass.nothing()) {
      tellOfVolumes(object, pass.waits());
      return false;
    }
    keys.destroy(name);
    suspension.forget(name);
    if (!removeServiceClients(name)) {
      String why = "Its service clients go when the identity provider has let them go";
      write(
          new TenantStatus(object, clock)
              .condition(TenantStatus.EMPTIED, false, "ServiceClients", why));
      return false;
    }
    removeAll(Invitation.RESOURCE, name);
    removeAll(Member.RESOURCE, name);
    removeNamers(name);
    removeAll(CustomRole.RESOURCE, name);
    removeAll(TenantQuota.RESOURCE, name);
    if (!lineage.forget(name)) {
      return false;
    }
    ArrayNode rest = object.withObject("metadata").putArray("finalizers");
    found.meta().finalizers().stream().filter(f -> !f.equals(FINALIZER)).forEach(rest::add);
    client.update(found.key(), object).orThrow();
    LOG.info("tenant {} is gone", name);
    return true;
  }

  private void tellOfVolumes(ObjectNode object, Optional<String> waits) {
    TenantStatus status = new TenantStatus(object, clock);
    if (waits.isPresent()) {
      write(status.condition(TenantStatus.EMPTIED, false, VOLUMES, waits.get()));
    } else if (TenantStatus.reason(object, TenantStatus.EMPTIED).equals(VOLUMES)) {
      write(
          status.condition(TenantStatus.EMPTIED, false, "Emptying", "Drivers have let go of all"));
    }
  }

  /**
   * They go when the identity provider has let them go; false until then. Those of tenants that
   * were moved from below it may name roles of its making, too.
   */
  private boolean removeServiceClients(String tenant) {
    ResourceScope all = ResourceScope.cluster(ServiceClient.RESOURCE, ClusterDirectory.ROOT);
    boolean none = true;
    for (ApiObject object : client.list(all, ListOptions.EVERYTHING).orThrow().items()) {
      ServiceClient.Place place = ServiceClient.of(object.tree()).place();
      if (place.tenant().equals(tenant) || place.role().startsWith(tenant + ".")) {
        client.delete(object.key(), DeleteOptions.ofUid(object.meta().uid())).orAbsent();
        none = false;
      }
    }
    return none;
  }

  /** What the platform keeps about the tenant. */
  private void removeAll(GroupResource resource, String tenant) {
    ResourceScope all = ResourceScope.cluster(resource, ClusterDirectory.ROOT);
    for (ApiObject object : client.list(all, ListOptions.EVERYTHING).orThrow().items()) {
      if (object.tree().path("spec").path("tenant").asString("").equals(tenant)) {
        ObjectKey key = new ObjectKey(resource, ClusterDirectory.ROOT, "", object.name());
        client.delete(key, DeleteOptions.ofUid(object.meta().uid())).orAbsent();
      }
    }
  }

  /**
   * Members of tenants that were moved from below it and still name roles of its making, by which
   * they have no rights any more.
   */
  private void removeNamers(String tenant) {
    ResourceScope all = ResourceScope.cluster(Member.RESOURCE, ClusterDirectory.ROOT);
    for (ApiObject object : client.list(all, ListOptions.EVERYTHING).orThrow().items()) {
      if (object.tree().path("spec").path("role").asString("").startsWith(tenant + ".")) {
        client.delete(object.key(), DeleteOptions.ofUid(object.meta().uid())).orAbsent();
      }
    }
  }

  /** The object as it is after that. */
  private ObjectNode write(TenantStatus status) {
    ObjectNode object = status.object();
    if (!status.changed()) {
      return object;
    }
    String name = object.path("metadata").path("name").asString("");
    return client.updateStatus(key(name), object).orThrow().tree();
  }
}
