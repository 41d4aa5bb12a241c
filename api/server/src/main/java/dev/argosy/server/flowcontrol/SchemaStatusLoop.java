package dev.argosy.server.flowcontrol;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in the status of every stored flow schema whether its priority level exists. Works on single
 * schemas, reads their present state, and may do everything twice, so it runs on every server.
 */
public final class SchemaStatusLoop implements AutoCloseable {

  private static final Tending.Crew CREW =
      new Tending.Crew("flow-schemas", 1, Duration.ofMillis(300));

  private final ApiClient client;
  private final ResourceCaches caches;
  private final SchemaStatus status;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final CacheFollower schemas;
  private final CacheFollower levels;

  /** A loop that has not begun. */
  public SchemaStatusLoop(ApiClient client, ResourceCaches caches, Clock clock) {
    this.client = client;
    this.caches = caches;
    this.status = new SchemaStatus(clock);
    this.schemas = new CacheFollower(caches.of(FlowKinds.SCHEMAS), new OfSchemas());
    this.levels = new CacheFollower(caches.of(FlowKinds.LEVELS), new OfLevels());
  }

  /** Begins; does not wait. */
  public void start() {
    schemas.start();
    levels.start();
    tending.start();
  }

  @Override
  public void close() {
    schemas.close();
    levels.close();
    tending.close();
  }

  private final class OfSchemas implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      state.list("", "").forEach(SchemaStatusLoop.this::look);
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.type() != CacheEvent.Type.DELETED) {
          look(event.object());
        }
      }
    }
  }

  /** A level that comes or goes changes what is true of those that refer to it. */
  private final class OfLevels implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      caches.of(FlowKinds.SCHEMAS).snapshot().list("", "").forEach(SchemaStatusLoop.this::look);
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.type() == CacheEvent.Type.DELETED || event.previous().isEmpty()) {
          caches
              .of(FlowKinds.SCHEMAS)
              .snapshot()
              .list(event.object().cluster(), "")
              .forEach(SchemaStatusLoop.this::look);
        }
      }
    }
  }

  private void look(ApiObject schema) {
    tending.put(schema.cluster() + "/" + schema.name());
  }

  private boolean reconcile(String name) {
    int slash = name.indexOf('/');
    String cluster = name.substring(0, slash);
    ObjectKey key = new ObjectKey(FlowKinds.SCHEMAS, cluster, "", name.substring(slash + 1));
    Optional<ApiObject> found = client.get(key).orAbsent();
    return found.isEmpty() || settle(found.get());
  }

  private boolean settle(ApiObject schema) {
    ObjectNode tree = schema.tree();
    String level = SchemaStatus.level(tree);
    ObjectKey key = new ObjectKey(FlowKinds.LEVELS, schema.cluster(), "", level);
    boolean exists = !level.isEmpty() && client.get(key).orAbsent().isPresent();
    return !status.set(tree, exists)
        || client.updateStatus(schema.key(), tree) instanceof ApiResult.Ok<ApiObject>;
  }
}
