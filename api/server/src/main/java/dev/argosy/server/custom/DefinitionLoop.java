package dev.argosy.server.custom;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.custom.definition.Definition;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.server.watch.Watches;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes the objects of a definition that is being deleted, then lets it go; gives names to those
 * that had to wait for them. Works on single definitions, reads their present state, and may do
 * everything twice, so it runs on every server.
 */
public final class DefinitionLoop implements AutoCloseable {

  private static final Tending.Crew CREW =
      new Tending.Crew("definitions", 2, Duration.ofMillis(300));
  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ApiClient client;
  private final ResourceCaches caches;
  private final DefinitionRules rules;
  private final DefinitionStatus status;
  private final Watches watches;
  private final Tending tending = new Tending(CREW, this::reconcile);
  private final CacheFollower follower;

  DefinitionLoop(
      ApiClient client,
      ResourceCaches caches,
      DefinitionRules rules,
      DefinitionStatus status,
      Watches watches) {
    this.watches = watches;
    this.client = client;
    this.caches = caches;
    this.rules = rules;
    this.status = status;
    this.follower = new CacheFollower(caches.of(Definition.RESOURCE), new Listener());
  }

  /** Begins; does not wait. */
  public void start() {
    follower.start();
    tending.start();
  }

  @Override
  public void close() {
    follower.close();
    tending.close();
  }

  private final class Listener implements CacheFollower.Listener {

    @Override
    public void reset(CacheSnapshot state) {
      state.list("", "").forEach(DefinitionLoop.this::look);
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.type() != CacheEvent.Type.DELETED) {
          look(event.object());
        }
        wakeWaiting(event.object().key());
        endWatches(event);
      }
    }
  }

  /** Watchers of a resource that changed begin anew, or learn that it is gone. */
  private void endWatches(CacheEvent event) {
    boolean sameForm =
        event.type() != CacheEvent.Type.DELETED
            && event
                .previous()
                .map(old -> old.meta().generation() == event.object().meta().generation())
                .orElse(true);
    if (!sameForm) {
      String name = event.object().name();
      watches.end(
          event.object().cluster(),
          new GroupResource(groupOf(name), name.substring(0, name.indexOf('.'))));
    }
  }

  /** Names may have become free for others of the cluster. */
  private void wakeWaiting(ObjectKey changed) {
    caches
        .of(Definition.RESOURCE)
        .snapshot()
        .list(changed.cluster(), "")
        .forEach(other -> {
          if (!other.key().equals(changed) && groupOf(other).equals(groupOf(changed.name()))) {
            look(other);
          }
        });
  }

  private static String groupOf(ApiObject definition) {
    return groupOf(definition.name());
  }

  private static String groupOf(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  private void look(ApiObject definition) {
    if (definition.meta().deleting() || !settled(definition)) {
      tending.put(definition.cluster() + "/" + definition.name());
    }
  }

  private static boolean settled(ApiObject definition) {
    JsonNode tree = definition.tree();
    return Definition.condition(tree, "NamesAccepted") && Definition.condition(tree, "Established");
  }

  private boolean reconcile(String name) {
    int slash = name.indexOf('/');
    ObjectKey key =
        new ObjectKey(Definition.RESOURCE, name.substring(0, slash), "", name.substring(slash + 1));
    Optional<ApiObject> found = client.get(key).orAbsent();
    return found.isEmpty()
        || (found.get().meta().deleting() ? end(found.get()) : settle(found.get()));
  }

  private boolean settle(ApiObject definition) {
    ObjectNode tree = definition.tree();
    rules.settle(definition.cluster(), tree);
    if (tree.equals(definition.tree())) {
      return true; // it waits for others, whose change wakes it
    }
    return client.updateStatus(definition.key(), tree) instanceof ApiResult.Ok<ApiObject>;
  }

  private boolean end(ApiObject object) {
    if (!object.meta().finalizers().contains(DefinitionStatus.FINALIZER)) {
      return true;
    }
    Definition definition = Definition.of(object);
    if (!rules.definesBuiltin(definition) && !empty(definition)) {
      return false;
    }
    ObjectNode tree = object.tree();
    status.set(tree, "Terminating", false, "InstanceDeletionCompleted", "removed all instances");
    ArrayNode rest = tree.withObject("metadata").putArray("finalizers");
    object.meta().finalizers().stream()
        .filter(finalizer -> !finalizer.equals(DefinitionStatus.FINALIZER))
        .forEach(rest::add);
    return !(client.update(object.key(), tree) instanceof ApiResult.Refused<ApiObject> refused)
        || refused.status().reason() == Reason.NOT_FOUND;
  }

  /** Asks for the deletion of what is there; true if there was nothing any more. */
  private boolean empty(Definition definition) {
    GroupResource resource = definition.resource();
    String cluster = definition.key().cluster();
    int found = 0;
    for (ApiObject instance : caches.of(resource).snapshot().list(cluster, "")) {
      if (found++ == BATCH) {
        break;
      }
      if (!instance.meta().deleting()) {
        client.delete(instance.key(), DeleteOptions.ofUid(instance.meta().uid())).orAbsent();
      }
    }
    return found == 0
        && !caches.of(resource).currentSnapshot(PATIENCE).list(cluster, "").iterator().hasNext();
  }
}
