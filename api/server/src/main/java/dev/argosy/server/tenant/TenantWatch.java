package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names every tenant that appears or changes, and those below it: they may have to stop or go on
 * with it. One thread.
 */
final class TenantWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TenantWatch.class);

  private final ApiClient client;
  private final Consumer<String> changed;
  private final Family family = new Family();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread watcher;

  TenantWatch(ApiClient client, Consumer<String> changed) {
    this.client = client;
    this.changed = changed;
  }

  void start() {
    watcher = Thread.ofVirtual().name("tenants").start(this::run);
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = watcher;
    if (running != null) {
      running.interrupt();
    }
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
            case WatchEvent.Added added -> take(added.object());
            case WatchEvent.Modified modified -> take(modified.object());
            case WatchEvent.Deleted deleted -> family.remove(deleted.object().name());
            case WatchEvent.Failed failed -> {
              return;
            }
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

  private void take(ApiObject tenant) {
    family.put(tenant.name(), tenant.tree().path("spec").path("parent").asString(""));
    changed.accept(tenant.name());
    family.below(tenant.name()).forEach(changed);
  }
}
