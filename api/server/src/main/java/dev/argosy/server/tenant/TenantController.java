package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.registry.KindTables;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.tenant.TenantPhase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a new tenant's cluster usable, and empties a deleted tenant's before its row goes: the
 * finalizer {@value #FINALIZER} keeps the row until then. Reconciles by name; everything it does is
 * safe to do twice, so it may run on every server.
 */
public final class TenantController implements AutoCloseable {

  static final String FINALIZER = "tenancy.argosy.dev/cluster";

  private static final Logger LOG = LoggerFactory.getLogger(TenantController.class);
  private static final Tending.Crew CREW = new Tending.Crew("tenants", 4, Duration.ofMillis(500));

  private final ApiClient client;
  private final TenantKeys keys;
  private final ClusterSetup setup;
  private final ClusterRemoval removal;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread watcher;

  /**
   * Begins nothing yet.
   *
   * @param keys destroyed when their tenant is empty
   */
  public TenantController(ApiClient client, KindTables kinds, ApiAddress address, TenantKeys keys) {
    this.client = client;
    this.keys = keys;
    this.setup = new ClusterSetup(client, address);
    this.removal = new ClusterRemoval(client, kinds);
  }

  /** Begins; does not wait. */
  public void start() {
    watcher = Thread.ofVirtual().name("tenants").start(this::run);
    tending.start();
    tending.put(ClusterDirectory.ROOT);
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = watcher;
    if (running != null) {
      running.interrupt();
    }
    tending.close();
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closing.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    ResourceScope scope = ResourceScope.cluster(Tenant.RESOURCE, ClusterDirectory.ROOT);
    try (WatchStream stream = client.watch(scope, WatchOptions.STATE_AND_CHANGES).orThrow()) {
      for (var events = stream.next(); !events.isEmpty(); events = stream.next()) {
        for (WatchEvent event : events) {
          switch (event) {
            case WatchEvent.Added added -> tending.put(added.object().name());
            case WatchEvent.Modified modified -> tending.put(modified.object().name());
            case WatchEvent.Failed failed -> {
              return;
            }
            case WatchEvent.Deleted deleted -> {}
            case WatchEvent.Bookmark bookmark -> {}
          }
        }
      }
    } catch (StatusException e) {
      LOG.debug("tenants cannot be watched: {}", e.status().message());
    } catch (RuntimeException e) {
      LOG.warn("tenants cannot be watched, trying again", e);
    }
  }

  /** Does what a tenant needs now; false if it must be looked at again. */
  boolean reconcile(String name) {
    try {
      if (name.equals(ClusterDirectory.ROOT)) {
        setup.ensure(name);
        return true;
      }
      Optional<ApiObject> found = client.get(key(name)).orAbsent();
      return found.isEmpty()
          || (found.get().meta().deleting() ? end(found.get()) : begin(found.get()));
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

  private boolean begin(ApiObject tenant) {
    ObjectNode tree = tenant.tree();
    if (!tenant.meta().finalizers().contains(FINALIZER)) {
      tree.withObject("metadata").withArray("finalizers").add(FINALIZER);
      tree = client.update(tenant.key(), tree).orThrow().tree();
    }
    if (Tenant.of(tree).phase() != TenantPhase.ACTIVE) {
      setup.ensure(tenant.name());
      setPhase(tenant.key(), tree, TenantPhase.ACTIVE);
      LOG.info("tenant {} is active", tenant.name());
    }
    return true;
  }

  private boolean end(ApiObject tenant) {
    ObjectNode tree = tenant.tree();
    String shown = tree.path("status").path("phase").asString("");
    if (!shown.equals(TenantPhase.TERMINATING.text())) {
      setPhase(tenant.key(), tree, TenantPhase.TERMINATING);
      return false;
    }
    if (!tenant.meta().finalizers().contains(FINALIZER)) {
      return true;
    }
    keys.discardUnreadable(tenant.name());
    if (!removal.empty(tenant.name())) {
      return false;
    }
    keys.destroy(tenant.name());
    removeMembers(tenant.name());
    ArrayNode rest = tree.withObject("metadata").putArray("finalizers");
    tenant.meta().finalizers().stream().filter(f -> !f.equals(FINALIZER)).forEach(rest::add);
    client.update(tenant.key(), tree).orThrow();
    LOG.info("tenant {} is gone", tenant.name());
    return true;
  }

  private void removeMembers(String tenant) {
    ResourceScope members = ResourceScope.cluster(Member.RESOURCE, ClusterDirectory.ROOT);
    for (ApiObject member : client.list(members, ListOptions.EVERYTHING).orThrow().items()) {
      if (member.tree().path("spec").path("tenant").asString("").equals(tenant)) {
        client.delete(member.key(), DeleteOptions.ofUid(member.meta().uid())).orAbsent();
      }
    }
  }

  private void setPhase(ObjectKey key, ObjectNode tree, TenantPhase phase) {
    tree.withObject("status").put("phase", phase.text());
    client.updateStatus(key, tree).orThrow();
  }
}
