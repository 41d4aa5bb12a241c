package dev.argosy.controllers.namespace;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.KeyQueue;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Outcome;
import dev.argosy.controllers.runtime.Reconciler;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes everything in a terminating namespace, pods first, and when nothing is left takes away
 * the finalizer {@code kubernetes}. Says in the namespace's conditions what is still there.
 */
public final class NamespaceController implements Reconciler {

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String FINALIZER = "kubernetes";

  private final ApiClient client;
  private final Function<String, List<GroupResource>> namespaced;
  private final ControllerContext context;

  private NamespaceController(
      ControllerContext context, Function<String, List<GroupResource>> namespaced) {
    this.context = context;
    this.client = context.client("namespace-controller");
    this.namespaced = namespaced;
  }

  /**
   * @param namespaced every stored resource of a cluster whose objects live in namespaces
   */
  public static ControllerLoop create(
      ControllerContext context, Function<String, List<GroupResource>> namespaced) {
    KeyQueue queue = context.queue();
    context
        .informer(NamespaceView.EVERYWHERE)
        .onChange(namespace -> {
          if (namespace.terminating()) {
            queue.add(namespace.key());
          }
        });
    return new ControllerLoop("namespace", queue, new NamespaceController(context, namespaced), 8);
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    Optional<ApiObject> found = client.get(key).orAbsent();
    if (found.isEmpty() || !found.get().meta().deleting()) {
      return Outcome.DONE;
    }
    TreeMap<String, Integer> remaining = empty(key);
    if (!remaining.isEmpty()) {
      report(found.get(), remaining);
      return Outcome.requeueAfter(AGAIN);
    }
    return finish(found.get());
  }

  /** What is still there, by resource, after asking for the deletion of all of it. */
  private TreeMap<String, Integer> empty(ObjectKey namespace) {
    TreeMap<String, Integer> remaining = new TreeMap<>();
    int pods = emptyOf(namespace, Kinds.PODS);
    if (pods > 0) {
      remaining.put(Kinds.PODS.toString(), pods);
      return remaining;
    }
    for (GroupResource resource : namespaced.apply(namespace.cluster())) {
      int left = resource.equals(Kinds.PODS) ? 0 : emptyOf(namespace, resource);
      if (left > 0) {
        remaining.put(resource.toString(), left);
      }
    }
    return remaining;
  }

  private int emptyOf(ObjectKey namespace, GroupResource resource) {
    ResourceScope scope = ResourceScope.namespace(resource, namespace.cluster(), namespace.name());
    int left = 0;
    for (ApiObject object : list(scope)) {
      if (object.meta().deleting()) {
        left++;
      } else {
        ApiResult<ApiObject> result =
            client.delete(
                object.key(), new DeleteOptions(null, "Background", object.meta().uid(), null));
        left += gone(result, object) ? 0 : 1;
      }
    }
    return left;
  }

  private boolean gone(ApiResult<ApiObject> result, ObjectKey key) {
    return result.refusedFor(Reason.NOT_FOUND) || client.get(key).refusedFor(Reason.NOT_FOUND);
  }

  private boolean gone(ApiResult<ApiObject> result, ApiObject object) {
    return gone(result, object.key());
  }

  private List<ApiObject> list(ResourceScope scope) {
    return switch (client.list(scope, ListOptions.EVERYTHING)) {
      case ApiResult.Ok<ObjectList>(ObjectList page) -> page.items();
      case ApiResult.Refused<ObjectList>(Status status)
          when status.reason() == Reason.NOT_FOUND
              || status.reason() == Reason.METHOD_NOT_ALLOWED ->
          List.of();
      case ApiResult.Refused<ObjectList>(Status status) -> throw new StatusException(status);
    };
  }

  private void report(ApiObject namespace, TreeMap<String, Integer> remaining) {
    StringBuilder text = new StringBuilder("Some resources are remaining: ");
    remaining.forEach((resource, count) ->
        text.append(resource).append(" has ").append(count).append(" resource instances, "));
    String message = text.substring(0, text.length() - 2);
    ObjectNode tree = namespace.tree();
    ArrayNode conditions = tree.withObject("/status").putArray("conditions");
    ObjectNode condition = conditions.addObject();
    condition.put("type", "NamespaceContentRemaining").put("status", "True");
    condition.put("lastTransitionTime", context.now().toString());
    condition.put("reason", "SomeResourcesRemain").put("message", message);
    String before =
        namespace.tree().path("status").path("conditions").path(0).path("message").asString("");
    if (!before.equals(message)) {
      client.updateStatus(namespace.key(), tree);
    }
  }

  private Outcome finish(ApiObject namespace) {
    ObjectNode tree = namespace.tree();
    ArrayNode kept = Json.mapper().createArrayNode();
    tree.path("spec")
        .path("finalizers")
        .forEach(finalizer -> {
          if (!finalizer.asString("").equals(FINALIZER)) {
            kept.add(finalizer);
          }
        });
    tree.withObject("/spec").set("finalizers", kept);
    return switch (client.update(namespace.key(), "finalize", tree)) {
      case ApiResult.Ok<ApiObject> ok -> Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) when status.reason() == Reason.NOT_FOUND ->
          Outcome.DONE;
      case ApiResult.Refused<ApiObject>(Status status) -> Outcome.of(status);
    };
  }
}
